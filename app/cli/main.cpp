// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/device.h"
#include "app/cli/import.h"
#include "app/cli/interrupt.h"
#include "app/cli/pareto.h"
#include "core/base/error.h"
#include "core/base/version.h"

#include <iostream>
#include <utility>

int main(int argc, char** argv) {
    using namespace greenfront;
    auto program = cli::takeProgram(argc, argv);
    CLI::App app(
        "Greenfront picks, for each device, the model whose accuracy, latency and carbon suit it best.",
        "greenfront-cli");
    app.set_version_flag("--version", version());
    app.require_subcommand(1);
    cli::addCarbon(app);
    cli::addReport(app);
    cli::addSearch(app);
    cli::addTune(app, argv[0]);
    cli::addSpace(app);
    cli::addSpecialise(app);
    cli::addPredictor(app);
    cli::addHeadline(app);
    cli::addData(app);
    cli::addDevice(app);
    cli::addStudy(app);
    cli::addRuns(app);
    cli::addFront(app);
    cli::addImport(app);
    cli::addPareto(app);
    cli::addEvaluate(app);
    cli::addExport(app);
    cli::addBench(app);
    cli::addEnergy(app, std::move(program));
    try {
        app.parse(argc, argv);
        return 0;
    } catch (const CLI::RuntimeError& ended) {
        return ended.get_exit_code(); // the status of a program that was run
    } catch (const CLI::ParseError& error) {
        // CLI11 asks for help and version through exceptions too; those end well.
        return app.exit(error) == 0 ? 0 : 2;
    } catch (const Cancelled&) {
        std::cerr << "Stopped. What is done is kept; the same command goes on from there.\n";
        return cli::interruptedStatus;
    } catch (const std::exception& error) {
        std::cerr << "greenfront-cli: " << error.what() << '\n';
        return 1;
    }
}
