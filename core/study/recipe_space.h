// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/schema.h"

namespace greenfront::study {

/// The parameters of a schema that are worth a search, as search::readParameterSpace() reads them.
Json recipeSpace(const Schema& schema);

} // namespace greenfront::study
