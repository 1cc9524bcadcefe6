// SPDX-License-Identifier: GPL-3.0-or-later
// Included ahead of LibTorch by packaging/tidy.sh, for clang-tidy only. Clang 14 instantiates a constexpr
// destructor where a class with such a member is defined; LibTorch holds vectors of types that are incomplete
// there. So std::vector is not constexpr here, nor is what its header adds for bits to the algorithms
// (declared before).
#pragma once
#include <memory>
#include <string>
#pragma push_macro("_GLIBCXX20_CONSTEXPR")
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 __fill_bits
#include <vector>
#undef __fill_a1
#pragma pop_macro("_GLIBCXX20_CONSTEXPR")
