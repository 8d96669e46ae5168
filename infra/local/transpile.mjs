import fs from 'node:fs';
import path from 'node:path';
import config from './src/config.cjs';

const { root } = config;

/**
 * Makes all code runnable within a second by stripping types without checking them; `npm test` checks them. Unchanged
 * files are not rewritten, since a stack may be running from them.
 * @throws Error for code that cannot be parsed, with its position
 */
export async function transpile(reporter) {
  await reporter.step('Compiling', async () => {
    const { references } = JSON.parse(fs.readFileSync(path.join(root, 'tsconfig.json'), 'utf8'));
    const { default: swc } = await import('@swc/core');
    await Promise.all(
      references.flatMap((project) => filesOf(path.join(root, project.path)).map((file) => emit(swc, file))),
    );
  });
}

function filesOf(project) {
  const names = fs.readdirSync(path.join(project, 'src'), { recursive: true });
  return names.filter((name) => /\.c?[jt]s$/.test(name)).map((name) => ({ project, name }));
}

async function emit(swc, { project, name }) {
  const source = path.join(project, 'src', name);
  const target = path.join(project, 'dist', name.replace(/ts$/, 'js'));
  fs.mkdirSync(path.dirname(target), { recursive: true });
  if (!name.endsWith('.ts')) return write(target, fs.readFileSync(source, 'utf8'));
  const { code, map } = await swc.transformFile(source, {
    configFile: false,
    swcrc: false,
    sourceMaps: true,
    module: { type: 'commonjs', ignoreDynamic: true },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  write(`${target}.map`, map);
  write(target, `${code}//# sourceMappingURL=${path.basename(target)}.map\n`);
}

function write(file, text) {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return;
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text);
  fs.renameSync(draft, file);
}
