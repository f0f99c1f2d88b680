// A MariaDB server for tests: a data directory of its own in a temporary directory, reached by a Unix socket only, run by an
// unprivileged user, ended with this process. Debian: `apt-get install mariadb-server`; the packaged service is not used.
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, createConnection } from 'mysql2/promise'
import { unprivileged } from './unprivileged.ts'

export interface MariadbServer {
  readonly version: string
  /** A connection to the database `test`; the caller ends it. */
  connect(): Promise<Connection>
  stop(): Promise<void>
}

/** Debian keeps servers in a directory that is not in everybody's path. */
const program = (name: string): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin']
    .map((place) => join(place, name))
    .find((path) => existsSync(path))

/** Why tests of MariaDB are skipped; false when they are not. With CI=true a missing server is a failure. */
export function withoutMariadb(): string | false {
  if (program('mariadbd') && program('mariadb-install-db')) return false
  if (process.env['CI'] === 'true') throw new Error('no MariaDB for the tests, and CI allows no skip')
  return 'no MariaDB: install the package `mariadb-server`'
}

/** The default character set is utf8mb4 with the collation given. */
export async function startMariadb({ collation }: { readonly collation: string }): Promise<MariadbServer> {
  const user = unprivileged('mysql')
  const dir = mkdtempSync(join(tmpdir(), 'chancery-mariadb-'))
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid ?? user.uid)
  const data = join(dir, 'data')
  const socketPath = join(dir, 'socket')
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal']
  const quick = ['--innodb-flush-log-at-trx-commit=0', '--innodb-log-file-size=4M']
  execFileSync(program('mariadb-install-db') ?? '', [...install, '--skip-test-db', ...quick], {
    ...user,
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const child = spawn(
    program('mariadbd') ?? '',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socketPath}`,
      `--pid-file=${join(dir, 'pid')}`,
      '--skip-networking',
      '--character-set-server=utf8mb4',
      `--collation-server=${collation}`,
      ...quick,
    ],
    { ...user, cwd: dir, stdio: 'ignore' },
  )
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const remove = () => rmSync(dir, { recursive: true, force: true })
  const abandon = () => {
    child.kill('SIGKILL')
    remove()
  }
  process.once('exit', abandon)
  const connect = (database = 'test'): Promise<Connection> =>
    createConnection({ socketPath, user: 'root', database, charset: 'utf8mb4', maxPreparedStatements: 50 })
  const version = await firstAnswer(connect, () => child.exitCode)
  return {
    version,
    connect: () => connect(),
    async stop() {
      process.removeListener('exit', abandon)
      child.kill('SIGTERM')
      await exited
      remove()
    },
  }
}

async function firstAnswer(
  connect: (database: string) => Promise<Connection>,
  exitCode: () => number | null,
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      const connection = await connect('mysql')
      await connection.query('CREATE DATABASE test')
      const [rows] = await connection.query('SELECT version() AS version')
      await connection.end()
      return JSON.stringify(rows)
    } catch (error) {
      if (attempt > 200 || exitCode() !== null) throw error
      await sleep(100)
    }
  }
}
