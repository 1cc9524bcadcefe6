# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of 'greenfront-cli bench supernet-step': the same sandwich step, written the plain way in PyTorch.

Contiguous tensors, eager operators, autograd, weights sliced by views and smaller kernels through their matrices
(Cai et al. 2020), one optimiser step. Reads a search space as Greenfront writes it.
"""
import argparse
import json
import random
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn


def divisible_by_eight(width):
    rounded = max(8, (width + 4) // 8 * 8)
    return rounded + 8 if rounded * 10 < width * 9 else rounded


def activation(name):
    return {"relu": F.relu, "hard_swish": F.hardswish}[name]


class ElasticConv(nn.Module):
    """A convolution with its batch norm, of which a network uses the first channels."""

    def __init__(self, inputs, outputs, kernel, stride=1, depthwise=False):
        super().__init__()
        self.stride, self.depthwise = stride, depthwise
        self.weight = nn.Parameter(torch.randn(outputs, 1 if depthwise else inputs, kernel, kernel) * 0.1)
        self.norm = nn.BatchNorm2d(outputs)
        sizes = range(kernel, 3, -2) if depthwise else []
        self.matrices = nn.ParameterDict({str(size): nn.Parameter(torch.eye((size - 2) ** 2)) for size in sizes})

    def forward(self, x, outputs, kernel):
        weight = self.weight[:outputs] if self.depthwise else self.weight[:outputs, : x.size(1)]
        for size in range(weight.size(2), kernel, -2):
            centre = weight[:, :, 1:-1, 1:-1]
            weight = F.linear(centre.reshape(outputs, -1), self.matrices[str(size)]).view_as(centre)
        groups = outputs if self.depthwise else 1
        x = F.conv2d(x, weight, None, self.stride, kernel // 2, 1, groups)
        return F.batch_norm(x, None, None, self.norm.weight[:outputs], self.norm.bias[:outputs], True)


class SqueezeAndExcite(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.reduce = nn.Linear(channels, divisible_by_eight(channels // 4))
        self.expand = nn.Linear(divisible_by_eight(channels // 4), channels)

    def forward(self, x):
        channels = x.size(1)
        middle = divisible_by_eight(channels // 4)
        y = F.linear(x.mean((2, 3)), self.reduce.weight[:middle, :channels], self.reduce.bias[:middle])
        y = F.linear(F.relu(y), self.expand.weight[:channels, :middle], self.expand.bias[:channels])
        return x * F.hardsigmoid(y).view(-1, channels, 1, 1)


class Block(nn.Module):
    def __init__(self, inputs, stage, stride):
        super().__init__()
        width, expansion = stage["widths"][-1], stage["expansions"][-1]
        inner = inputs * expansion
        self.activation = activation(stage["activation"])
        self.expand = ElasticConv(inputs, inner, 1) if expansion > 1 else None
        self.depthwise = ElasticConv(inner, inner, stage["kernels"][-1], stride, True)
        self.squeeze = SqueezeAndExcite(inner) if stage["squeeze"] else None
        self.project = ElasticConv(inner, width, 1)

    def forward(self, x, width, kernel, expansion):
        y = x
        inner = x.size(1) * expansion
        if expansion > 1:
            y = self.activation(self.expand(y, inner, 1))
        y = self.activation(self.depthwise(y, inner, kernel))
        if self.squeeze:
            y = self.squeeze(y)
        y = self.project(y, width, 1)
        return x + y if x.shape == y.shape else y


class Supernet(nn.Module):
    def __init__(self, space):
        super().__init__()
        self.space = space
        self.activation = activation(space["activation"])
        self.stem = ElasticConv(space["input"][0], space["stem"], 3, space["stem_stride"])
        blocks, inputs = [], space["stem"]
        for stage in space["stages"]:
            for index in range(stage["depths"][-1]):
                blocks.append(Block(inputs, stage, stage["stride"] if index == 0 else 1))
                inputs = stage["widths"][-1]
        self.blocks = nn.ModuleList(blocks)
        self.head = ElasticConv(inputs, space["head"], 1)
        features = space["features"]
        self.features = nn.Linear(space["head"], features, bias=False) if features else None
        self.classifier = nn.Linear(features or space["head"], space["classes"])

    def forward(self, x, choose):
        x = self.activation(self.stem(x, self.space["stem"], 3))
        first = 0
        for stage in self.space["stages"]:
            width = choose(stage["widths"])
            for block in self.blocks[first : first + choose(stage["depths"])]:
                x = block(x, width, choose(stage["kernels"]), choose(stage["expansions"]))
            first += stage["depths"][-1]
        x = self.activation(self.head(x, self.space["head"], 1)).mean((2, 3))
        if self.features:
            x = self.activation(self.features(x))
        return self.classifier(x)


class Bottleneck(nn.Module):
    def __init__(self, inputs, stage, stride):
        super().__init__()
        width = stage["widths"][-1]
        inner = divisible_by_eight(round(width * stage["expansions"][-1] / 100))
        self.shortcut = ElasticConv(inputs, width, 1, stride) if stride else None
        self.reduce = ElasticConv(inputs, inner, 1)
        self.convolve = ElasticConv(inner, inner, 3, stride or 1)
        self.expand = ElasticConv(inner, width, 1)

    def forward(self, x, width, expansion):
        inner = divisible_by_eight(round(width * expansion / 100))
        y = F.relu(self.reduce(x, inner, 1))
        y = F.relu(self.convolve(y, inner, 3))
        y = self.expand(y, width, 1)
        return F.relu(y + (self.shortcut(x, width, 1) if self.shortcut else x))


class ResNet(nn.Module):
    def __init__(self, space):
        super().__init__()
        self.space = space
        stem, strides = space["stems"][-1], space["stem_strides"]
        half = divisible_by_eight(stem // 2)
        self.first = ElasticConv(space["input"][0], half, 3, strides[0])
        self.block = ElasticConv(half, half, 3)
        self.second = ElasticConv(half, stem, 3, strides[1])
        blocks, inputs = [], stem
        for stage in space["stages"]:
            for index in range(stage["depths"][-1]):
                blocks.append(Bottleneck(inputs, stage, stage["stride"] if index == 0 else None))
                inputs = stage["widths"][-1]
        self.blocks = nn.ModuleList(blocks)
        self.classifier = nn.Linear(inputs, space["classes"])

    def forward(self, x, choose):
        stem = choose(self.space["stems"])
        half = divisible_by_eight(stem // 2)
        x = F.relu(self.first(x, half, 3))
        if choose([0, 1]) or not self.space["elastic_stem"]:
            x = x + F.relu(self.block(x, half, 3))
        x = F.relu(self.second(x, stem, 3))
        first = 0
        for stage in self.space["stages"]:
            width = choose(stage["widths"])
            for block in self.blocks[first : first + choose(stage["depths"])]:
                x = block(x, width, choose(stage["expansions"]))
            first += stage["depths"][-1]
        x = x.mean((2, 3))
        return F.linear(x, self.classifier.weight[:, : x.size(1)], self.classifier.bias)


class Mlp(nn.Module):
    def __init__(self, space):
        super().__init__()
        self.space = space
        self.activation = activation(space["activation"])
        width = space["widths"][-1]
        sizes = [space["input"][0]] + [width] * space["depths"][-1]
        self.layers = nn.ModuleList(nn.Linear(a, b, bias=False) for a, b in zip(sizes, sizes[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in self.layers)
        self.classifier = nn.Linear(width, space["classes"])

    def forward(self, x, choose):
        x = x.flatten(1)
        for index in range(choose(self.space["depths"])):
            width, norm = choose(self.space["widths"]), self.norms[index]
            x = F.linear(x, self.layers[index].weight[:width, : x.size(1)])
            x = self.activation(F.batch_norm(x, None, None, norm.weight[:width], norm.bias[:width], True))
        return F.linear(x, self.classifier.weight[:, : x.size(1)], self.classifier.bias)


def step(net, optimiser, images, labels, rng, random_networks):
    optimiser.zero_grad()
    target = F.one_hot(labels, net.space["classes"]).float() * 0.9 + 0.1 / net.space["classes"]
    choices = [lambda values: values[-1]] + [rng.choice] * random_networks + [lambda values: values[0]]
    for index, choose in enumerate(choices):
        logits = net(images, choose)
        (-(target * F.log_softmax(logits, 1)).sum(1).mean()).backward()
        if index == 0:
            target = F.softmax(logits.detach(), 1)
    optimiser.step()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--space", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    rng = random.Random(1)
    with open(arguments.space, encoding="utf-8") as file:
        space = json.load(file)
    net = {"resnet": ResNet, "mlp": Mlp}.get(space["kind"], Supernet)(space)
    optimiser = torch.optim.SGD(net.parameters(), 1e-3, momentum=0.9, nesterov=True)
    images = torch.randn(arguments.batch, *space["input"])
    labels = torch.arange(arguments.batch) % space["classes"]
    seconds = []
    for index in range(arguments.steps + 2):
        start = time.perf_counter()
        step(net, optimiser, images, labels, rng, 2)
        if index >= 2:
            seconds.append(time.perf_counter() - start)
    with open(arguments.out, "w", encoding="utf-8") as file:
        json.dump({"torch": torch.__version__, "seconds": statistics.median(seconds)}, file)


if __name__ == "__main__":
    main()
