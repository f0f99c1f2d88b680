// `chancery <command>`: a table of commands. What a command does lives in its room; here it gets files, settings
// and the screen.
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { get as getTls } from 'node:https'
import { parseArgs } from 'node:util'
import { readConfig, variables } from './config.ts'
import { policyCommand } from './policy/command.ts'
import { Problem } from './problem.ts'
import type { BackupWorld } from './store/backup-command.ts'

interface Command {
  readonly usage: string
  readonly summary: string
  /** Answers the exit code. */
  readonly run: (args: readonly string[]) => Promise<number> | number
}

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['start', { usage: 'start', summary: 'start the server, as `npm start` does', run: start }],
  [
    'health',
    { usage: 'health', summary: 'ask the server at the configured port whether it is ready', run: health },
  ],
  [
    'config',
    {
      usage: 'config',
      summary: 'check the settings, every fault at once, without starting',
      run: checkConfig,
    },
  ],
  [
    'registration-token',
    {
      usage: 'registration-token [--expires-in SECONDS]',
      summary: 'an initial access token with which clients register at /register',
      run: registrationToken,
    },
  ],
  [
    'audit',
    {
      usage: 'audit verify',
      summary: 'check every chain of the audit trail for gaps and changes',
      run: audit,
    },
  ],
  [
    'backup',
    {
      usage: 'backup [--out FILE|-]',
      summary:
        'the whole store, beside a running server, in one file; secrets stay sealed, `keys/` is not in it',
      run: async (args) => (await import('./store/backup-command.ts')).backupCommand(args, backupWorld()),
    },
  ],
  [
    'restore',
    {
      usage: 'restore FILE|-',
      summary:
        'a backup into the new, empty store of CHANCERY_STORE, SQLite or MongoDB; needs the same `keys/`',
      run: async (args) => (await import('./store/backup-command.ts')).restoreCommand(args, backupWorld()),
    },
  ],
  [
    'policy',
    {
      usage: 'policy check|lint|simulate|explain|filter|diff FILE…',
      summary: 'policies in files: faults, doubts, answers with reasons; `policy help` says more',
      run: policy,
    },
  ],
  [
    'trust',
    {
      usage: 'trust presets|template|try …',
      summary: 'outside tokens: kinds of issuer, safe trust policies, and whether a token would match one',
      run: trust,
    },
  ],
  [
    'provider',
    {
      usage: 'provider list|check|try …',
      summary:
        'identity providers: their risks, whether they answer, and what they make of a token or claims',
      run: provider,
    },
  ],
  ['help', { usage: 'help', summary: 'this text', run: help }],
])

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.error(`chancery: ${error.message}`)
  process.exitCode = 1
}

async function run([name = 'help', ...args]: readonly string[]): Promise<number> {
  const command = commands.get(name === '--help' || name === '-h' ? 'help' : name)
  if (!command) {
    console.error(`chancery: \`${name}\` is not a command; \`chancery help\` lists them`)
    return 2
  }
  if (args[0] === '--help' || args[0] === '-h') {
    console.log(`usage: chancery ${command.usage}\n\n${command.summary}`)
    return 0
  }
  try {
    return await command.run(args)
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')))
      throw error
    console.error(`chancery: ${error.message}\nusage: chancery ${command.usage}`)
    return 2
  }
}

async function start(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args] })
  await import('./main.ts')
  return 0
}

function help(): number {
  const width = Math.max(...[...commands.values()].map(({ usage }) => usage.length))
  console.log('chancery <command>\n')
  for (const { usage, summary } of commands.values()) console.log(`  ${usage.padEnd(width)}  ${summary}`)
  console.log('\nvariables\n')
  const widest = Math.max(...variables.map(({ name }) => name.length))
  for (const { name, default: value, meaning } of variables) {
    console.log(`  ${name.padEnd(widest)}  ${meaning} (${value})`)
  }
  return 0
}

function checkConfig(args: readonly string[]): number {
  parseArgs({ args: [...args] })
  readConfig(process.env, process.cwd())
  console.log('the settings are fine')
  return 0
}

/** Exit code 0 when `/readyz` answers 200; for container health checks. */
function health(): Promise<number> {
  const config = readConfig(process.env, process.cwd())
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
  return new Promise((done) => {
    const options = { host, port: config.port, path: '/readyz', timeout: 2_500 }
    // The certificate is the public name's, which is not what a loopback check connects to.
    const request = config.tls
      ? getTls({ ...options, rejectUnauthorized: false }, answered)
      : get(options, answered)
    function answered(answer: { statusCode?: number | undefined; resume(): unknown }): void {
      answer.resume()
      done(answer.statusCode === 200 ? 0 : 1)
    }
    request.on('timeout', () => request.destroy())
    request.on('error', () => done(1))
  })
}

async function registrationToken(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { 'expires-in': { type: 'string', default: '3600' } },
  })
  const expiresIn = Number(values['expires-in'])
  if (!Number.isInteger(expiresIn) || expiresIn < 60 || expiresIn > 2_592_000) {
    throw new Problem('invalid_input', '--expires-in must be a whole number of seconds from 60 to 2592000')
  }
  const { openExistingChancery } = await import('./wire.ts')
  const config = readConfig(process.env, process.cwd())
  const chancery = await openExistingChancery(config, config.issuer ?? `http://localhost:${config.port}`)
  try {
    console.log(await chancery.createInitialAccessToken({ expiresIn }))
    return 0
  } finally {
    await chancery.close()
  }
}

async function audit(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
  if (positionals[0] !== 'verify') throw new Problem('invalid_input', 'usage: chancery audit verify')
  const { verifyAudit } = await import('./audit/verify-command.ts')
  const { lines, intact } = await verifyAudit(readConfig(process.env, process.cwd()))
  for (const line of lines) console.log(line)
  return intact ? 0 : 1
}

function backupWorld(): BackupWorld {
  const { store, keysDir } = readConfig(process.env, process.cwd())
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  const now = Math.floor(Date.now() / 1000)
  return { store, keysDir, now, stopped: stopping.signal, say: (line) => console.error(line) }
}

/** Exit code 0 when all is fine, 1 for findings or a deny, 2 when the question could not be asked. */
function policy(args: readonly string[]): number {
  const { code, out, err } = policyCommand(args, { read: readPolicy, now: Math.floor(Date.now() / 1000) })
  if (out !== '') console.log(out)
  if (err !== '') console.error(err)
  return code
}

/** Exit code 0 when the token would match, 1 when not, 2 when the question could not be asked. */
async function trust(args: readonly string[]): Promise<number> {
  const { trustCommand } = await import('./sts/trust-command.ts')
  const config = readConfig(process.env, process.cwd())
  const { code, out, err } = await trustCommand(args, {
    read: readPolicy,
    now: Math.floor(Date.now() / 1000),
    accountId: config.accountId,
    endpoint: config.issuer ?? `http://localhost:${config.port}`,
    open: async () => (await import('./wire.ts')).openTrying(config),
  })
  if (out !== '') console.log(out)
  if (err !== '') console.error(err)
  return code
}

/** Exit code 0 when all is fine, 1 for findings or a refusal, 2 when the question could not be asked. */
async function provider(args: readonly string[]): Promise<number> {
  const { providerCommand } = await import('./federation/command.ts')
  let close: (() => Promise<void>) | undefined
  try {
    const { code, out, err } = await providerCommand(args, async () => {
      const { openProviders } = await import('./wire.ts')
      const world = await openProviders(readConfig(process.env, process.cwd()))
      close = world.close
      return { ...world, read: readPolicy }
    })
    if (out !== '') console.log(out)
    if (err !== '') console.error(err)
    return code
  } finally {
    await close?.()
  }
}

/** @throws Problem('invalid_input') naming the file */
function readPolicy(name: string): string {
  try {
    return readFileSync(name === '-' ? 0 : name, 'utf8')
  } catch (error) {
    throw new Problem('invalid_input', `cannot read \`${name}\`: ${(error as Error).message}`)
  }
}
