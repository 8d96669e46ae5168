// Reads [{ file, text }] as JSON and prints the rules that each text would break, if it stood in that file.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
const broken = [];
for (const { file, text: source } of JSON.parse(await text(process.stdin))) {
  const [{ messages }] = await eslint.lintText(source, { filePath: file });
  broken.push(messages.map(({ ruleId, message }) => ruleId ?? message));
}
console.log(JSON.stringify(broken));
