// Parses the AsyncAPI document named on the command line; prints what is wrong, as JSON.
import { readFileSync } from "node:fs";
import parser from "@asyncapi/parser";

const { document, diagnostics } = await new parser.Parser().parse(
  readFileSync(process.argv[2], "utf8"),
);
const wrong = diagnostics.filter((each) => each.severity <= 1);
console.log(
  JSON.stringify({
    version: document?.version() ?? null,
    channels: document?.channels().all().length ?? 0,
    messages: document?.allMessages().all().length ?? 0,
    wrong: wrong.map((each) => `${each.path.join(".")}: ${each.message}`),
  }),
);
process.exit(document && wrong.length === 0 ? 0 : 1);
