// Prints the fields of the Gateway API's kinds, one a line: group<TAB>type<TAB>field<TAB>required, sorted, from the type
// declarations of the npm package @kubernetes-models/gateway-api. The result is tests/Api.Tests/GatewayApi/fields.tsv.
// usage: npm pack @kubernetes-models/gateway-api@2.0.0 && tar xzf *.tgz && node gateway-api-fields.mjs package
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = process.argv[2];
const folders = [
  "gateway.networking.k8s.io/v1alpha2", "gateway.networking.k8s.io/v1", "gateway.networking.x-k8s.io/v1alpha1",
];
const types = new Map();
for (const folder of folders) {
  for (const file of readdirSync(join(root, folder)).sort()) {
    if (!file.endsWith(".d.ts") || file.startsWith("index") || file.endsWith("List.d.ts")) continue;
    const text = readFileSync(join(root, folder, file), "utf8").replace(/\/\*\*[^]*?\*\//g, "");
    const match = /export declare class (\w+) extends Model[^{]*\{([^]*?)\n\}/.exec(text);
    if (!match) continue;
    const fields = [...match[2].matchAll(/^ {4}"([^"]+)"(\??):/gm)].map(m => [m[1], m[2] === ""]);
    types.set(match[1], { group: folder.split("/")[0], fields });
  }
}
for (const [type, { group, fields }] of [...types].sort(([a], [b]) => (a < b ? -1 : 1)))
  for (const [field, required] of fields.sort(([a], [b]) => (a < b ? -1 : 1)))
    if (!["apiVersion", "kind", "metadata"].includes(field) || !types.get(type).fields.some(([f]) => f === "spec"))
      console.log([group, type, field, required ? "required" : "optional"].join("\t"));
