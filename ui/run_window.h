// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace greenfront::ui {

/// The whole window program: reads the command line, shows the window, returns the exit status.
int runWindow(int argc, char** argv);

} // namespace greenfront::ui
