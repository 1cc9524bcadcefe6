// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace greenfront::ui {

/// Makes the application that follows draw in memory, and keeps what Qt's platform for that says about
/// windows and sockets that nobody sees off standard error. Call before QApplication is made.
void useNoDisplay();

} // namespace greenfront::ui
