// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

#include <string>

namespace greenfront::search {

/// One sweep expression of Azure Machine Learning: {"type": "choice", "values": [...]}, {"type":
/// "quniform", "min_value", "max_value", "q"}, {"type": "normal", "mu", "sigma"}, {"type": "randint",
/// "upper"}, or a text as its SDK writes it: "choice(1, 2, 3)", "Uniform(min_value=0.1, max_value=0.9)".
/// The bounds of loguniform and qloguniform are exponents of e; q-variants give round(x / q) * q; randint
/// gives 0 to upper - 1. A choice of ascending numbers is ordinal, any other categorical. Choices of whole
/// sub-spaces are not read. Throws Error for what it does not understand.
SpaceParameter azureParameter(const std::string& name, const Json& expression);

/// A space from outside: as parameterSpaceFromJson reads it, or an object of name: sweep expression (also
/// below "search_space"); entries of both kinds may stand side by side below "parameters".
ParameterSpace readParameterSpace(const Json& json, const std::string& subject = "the search space");

} // namespace greenfront::search
