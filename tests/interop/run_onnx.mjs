// SPDX-License-Identifier: GPL-3.0-or-later
// Runs an ONNX file in ONNX Runtime: node run_onnx.mjs MODULES MODEL INPUTS LOGITS C,H,W
// MODULES: the folder that packaging/install-interop.sh filled. INPUTS and LOGITS: raw float32.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, model, inputs, outputs, sizes] = process.argv.slice(2);
const ort = createRequire(join(modules, "package.json"))("onnxruntime-node");

const shape = sizes.split(",").map(Number);
const bytes = readFileSync(inputs);
const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const perSample = shape.reduce((a, b) => a * b, 1);

const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1 });
if (session.inputNames.join() !== "input" || session.outputNames.join() !== "logits")
    throw new Error(`the file's input is ${session.inputNames}, its output ${session.outputNames}`);
const { logits } = await session.run({
    input: new ort.Tensor("float32", values, [values.length / perSample, ...shape]),
});
writeFileSync(outputs, Buffer.from(logits.data.buffer, logits.data.byteOffset, logits.data.byteLength));
