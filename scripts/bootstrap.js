/**
 * Runs a program of this project on a machine that has nothing but some Node, npm and (for Redis and Chromium) apt:
 *
 *   node scripts/bootstrap.js [--production] [--redis] [--chromium] <file> [arguments…]
 *
 * Installs the npm packages if package-lock.json changed since the last time, then what the flags name, then runs the
 * file on the Node that package.json pins. Plain JavaScript, because the first Node it runs on may be an old one.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)
const flags = new Set()
while (args[0]?.startsWith('--')) flags.add(args.shift())
const node = join(root, 'node_modules', '.bin', 'node')
const env = {
  // SQLite works on libuv's threads: enough of them, that a long report never holds up a click.
  UV_THREADPOOL_SIZE: '8',
  // What Node compiled for one start serves the next one.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
  ...process.env,
}

installPackages()
if (flags.has('--redis')) {
  installProgram(
    ['redis-server', 'valkey-server'],
    'redis-server',
    'Duban needs a Redis server to test against',
  )
}
if (flags.has('--chromium')) {
  installProgram(
    ['chromium', 'chromium-browser', 'google-chrome'],
    'chromium fonts-noto-cjk',
    'the browser tests need Chromium',
  )
}
run()

/** A full install serves every command; one without the development packages only those that ask for no more. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const production = flags.has('--production')
  const stamp = join(root, 'node_modules', '.duban-installed')
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (installed === `full ${lock}` || (production && installed === `production ${lock}`)) return
  say('installing the npm packages (sqlite3 may be compiled: a minute or two)…')
  // sqlite3 is compiled where no prebuilt one can be fetched; where it can, nothing of this is needed.
  const compiler = ['python3', 'make', 'g++']
  if (!compiler.every(onPath) && canInstall()) apt(...compiler)
  const options = ['--no-audit', '--no-fund', '--loglevel=error', ...(production ? ['--omit=dev'] : [])]
  const npm = (...words) =>
    spawnSync('npm', [...words, ...options], { cwd: root, stdio: ['ignore', 2, 2] }).status === 0
  if (!npm('ci')) {
    // A mirror may lack packages for other platforms, without which `ci` does nothing; `install` does without them.
    say('npm ci could not install exactly what package-lock.json says; trying npm install…')
    if (!npm('install', '--no-save')) fail('npm could not install the packages; its message is above')
  }
  compile(...(production ? ['src/main.ts'] : ['sandbox/demo/start.ts', 'bots/wechat/index.ts']))
  writeFileSync(stamp, `${production ? 'production' : 'full'} ${lock}`)
}

/** Loads modules once, for Node to keep them compiled; a start that finds nothing kept compiles for itself. */
function compile(...files) {
  const load = files.map((file) => `await import('./${file}')`).join('\n')
  spawnSync(node, ['--input-type=module', '--eval', load], { cwd: root, env })
}

/** Makes sure that one of `names` is on the PATH; as root with apt it installs `packages`, else it says what to do. */
function installProgram(names, packages, why) {
  if (names.some(onPath)) return
  const advice = `install it first, for example: apt-get install ${packages}`
  if (!canInstall()) fail(`${why}, and there is none on this machine; ${advice}`)
  if (!apt(...packages.split(' '))) fail(`apt could not install ${packages}; ${advice}`)
}

function canInstall() {
  return process.getuid?.() === 0 && onPath('apt-get')
}

/** @returns whether apt installed them. */
function apt(...packages) {
  say(`installing ${packages.join(' ')} with apt…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...words) => spawnSync('apt-get', words, { env, stdio: ['ignore', 'ignore', 2] }).status === 0
  return run('update', '-q') && run('install', '-y', '--no-install-recommends', ...packages)
}

function onPath(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, name)))
}

function run() {
  const child = spawn(node, args, { stdio: 'inherit', env })
  // A supervisor may signal this process alone, or all of them as a terminal does: the child takes the second as the same.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm ends at a signal without handing it on: then its end is the signal.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 500).unref()
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
}

function say(text) {
  process.stderr.write(`duban: ${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}
