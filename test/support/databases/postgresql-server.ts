// A PostgreSQL server for tests: a cluster of its own in a temporary directory, reached by a Unix socket only, run by an
// unprivileged user, ended with this process. Debian: `apt-get install postgresql`; the packaged service is not used.
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { unprivileged } from './unprivileged.ts'

export interface PostgresqlServer {
  readonly version: string
  /** A connection to a database; the caller ends it. */
  connect(database: string): Promise<pg.Client>
  stop(): Promise<void>
}

/** The directory of the server's programs, which Debian does not put into the path. */
function programs(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const places = [
    ...versions.map((one) => join(debian, one, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ]
  return places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')))
}

/** Why tests of PostgreSQL are skipped; false when they are not. With CI=true a missing server is a failure. */
export function withoutPostgresql(): string | false {
  if (programs() !== undefined) return false
  if (process.env['CI'] === 'true') throw new Error('no PostgreSQL for the tests, and CI allows no skip')
  return 'no PostgreSQL: install the package `postgresql`'
}

/** Databases are UTF-8; `icuLocale` is the collation of the database `postgres`, and `template0` has none. */
export async function startPostgresql({
  icuLocale,
}: {
  readonly icuLocale: string
}): Promise<PostgresqlServer> {
  const bin = programs() ?? ''
  const user = unprivileged('postgres')
  const dir = mkdtempSync(join(tmpdir(), 'chancery-pg-'))
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid ?? user.uid)
  const data = join(dir, 'data')
  const init = ['-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C']
  execFileSync(join(bin, 'initdb'), [...init, '--locale-provider=icu', `--icu-locale=${icuLocale}`], {
    ...user,
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const options = ['listen_addresses=', `unix_socket_directories=${dir}`, 'fsync=off', 'max_connections=20']
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...options.flatMap((one) => ['-c', one])], {
    ...user,
    cwd: dir,
    stdio: 'ignore',
  })
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const remove = () => rmSync(dir, { recursive: true, force: true })
  const abandon = () => {
    child.kill('SIGQUIT')
    remove()
  }
  process.once('exit', abandon)
  const connect = async (database: string): Promise<pg.Client> => {
    const client = new pg.Client({ host: dir, user: 'tests', database })
    await client.connect()
    return client
  }
  const version = await firstAnswer(connect, () => child.exitCode)
  return {
    version,
    connect,
    async stop() {
      process.removeListener('exit', abandon)
      child.kill('SIGINT')
      await exited
      remove()
    },
  }
}

async function firstAnswer(
  connect: (database: string) => Promise<pg.Client>,
  exitCode: () => number | null,
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      const client = await connect('postgres')
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
      await client.end()
      return rows[0]?.server_version ?? ''
    } catch (error) {
      if (attempt > 200 || exitCode() !== null) throw error
      await sleep(100)
    }
  }
}
