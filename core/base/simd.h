// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Loops that the compiler vectorises are built once for each of these processors and chosen at start,
// by the dynamic linker of ELF systems.
// Sanitizers cannot see through the choice, so they get the plain loops.
#if defined(__x86_64__) && defined(__ELF__) && defined(__GNUC__) && !defined(__clang__) &&                   \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define GREENFRONT_SIMD __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define GREENFRONT_SIMD
#endif

// Kernels below a GREENFRONT_SIMD function must be inlined into it to be built for its processor.
#if defined(_MSC_VER)
#define GREENFRONT_INLINE __forceinline
#else
#define GREENFRONT_INLINE inline __attribute__((always_inline))
#endif
