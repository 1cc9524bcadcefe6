// SPDX-License-Identifier: GPL-3.0-or-later
// Holds nothing: CMake wants a target to build the shared precompiled header in.
