// Runs in a bot before its own code: says on stderr, when it ends, which packages it has loaded.
import Module from 'node:module';

process.on('exit', () => {
  const names = Object.keys(Module._cache).map(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1],
  );
  process.stderr.write(`packages: ${[...new Set(names)].join(' ')}\n`);
});
