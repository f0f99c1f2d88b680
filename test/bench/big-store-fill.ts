// Stores for big-store.ts, filled through SQL with the very columns the store writes, because through the store it would
// take hours. Ids are as the product's own: of full length, and in no order. Small and large differ in how many
// users there are and in nothing else: every question has an answer of the same size in both.
import { createHash } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { writeEvent } from '../../src/audit/event.ts'
import { artifactId, artifactOf } from '../../src/oidc/artifacts/artifact.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import type { Kind, Records } from '../../src/store/records.ts'
import { recordToText, type Sealer } from '../../src/store/sealing.ts'
import { columnValues, type Layout, layoutFor, sideRows, type Value } from '../../src/store/sqlite/layout.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { group, spent, user } from '../store/sample.ts'
import { accountId } from '../support/server.ts'

export interface Size {
  readonly users: number
  readonly grantsPerUser: number
  readonly expired: number
  /** Audit entries, spread over the last 30 days; 0 when left out. */
  readonly audit?: number
}

export interface Filled {
  readonly dir: string
  readonly path: string
  readonly size: Size
  /** Of the file. */
  readonly megabytes: number
  readonly seconds: number
  open(): Promise<Store>
}

const now = Math.floor(Date.now() / 1000)
const groups = 100
export const clientId = 'bench-app'
export const tokens = 2000

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export function userId(n: number): string {
  const bytes = createHash('sha256').update(`user ${n}`).digest().subarray(0, 17)
  return `AIDA${[...bytes].map((byte) => base32[byte & 31]).join('')}`
}
export const userName = (n: number): string => `person.${n}`
export const email = (n: number): string => `person.${n}@example.com`
const grantId = (n: number): string => `grant-${n}`
export const grantRecordId = (n: number): string => artifactId('Grant', grantId(n))
export const accessToken = (n: number): string => `token-${n}`.padEnd(43, '_')

const person = (n: number): Records['user'] =>
  user(userId(n), {
    accountId,
    name: userName(n),
    email: email(n),
    emailVerified: true,
    passwordLastUsed: now,
    groups: [`AGPA${n % groups}`],
  })

const scope = 'openid profile email'
const grant = (n: number, of: number): Records['artifact'] => {
  const [iat, exp, jti] = [now, now + 90 * 86_400, grantId(n)]
  const payload = { kind: 'Grant', jti, iat, exp, accountId: userId(of), clientId, openid: { scope } }
  return artifactOf('Grant', jti, payload, exp)
}
const token = (n: number, of: number): Records['artifact'] => {
  const [iat, exp, jti] = [now, now + 86_400, accessToken(n)]
  const about = { accountId: userId(of), clientId, grantId: grantId(of), scope, gty: 'authorization_code' }
  return artifactOf('AccessToken', jti, { kind: 'AccessToken', jti, iat, exp, ...about }, exp)
}

export const auditActions = 20
export const auditAction = (n: number): string => `chancery:Operation${n % auditActions}`
export const auditSession = (n: number): string => `session-${n}`
const auditSpan = 30 * 86_400

/** RFC 9562 §5.7, as the product's own ids of requests are. */
export function requestId(n: number, milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, '0')
  const rest = createHash('sha256').update(`request ${n}`).digest('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`
}

/** Milliseconds of the `n`th of `many` entries. */
export const auditTime = (n: number, many: number): number =>
  Math.floor((now - auditSpan + (n / many) * auditSpan) * 1000)

/** An entry as the server writes it: one of `users` did it, one of fifty was denied. Its chain is of nobody, and not verified. */
function entry(n: number, many: number, users: number): Records['auditEntry'] {
  const milliseconds = auditTime(n, many)
  const at = Math.floor(milliseconds / 1000)
  // Of one person the entries are far apart, as many of them as there are entries for each person.
  const who = n % users
  const seq = n + 1
  const { text: event } = writeEvent({
    at,
    accountId,
    action: auditAction(n),
    who: `arn:aws:iam::${accountId}:user/${userName(who)}`,
    actor: { kind: 'user', id: userId(who), session: auditSession(n % users) },
    resource: `arn:aws:iam::${accountId}:user/${userName((who * 7) % users)}`,
    outcome: n % 50 === 49 ? 'denied' : 'done',
    ...(n % 50 === 49 && { reason: 'denied: not allowed' }),
    requestId: requestId(n, milliseconds),
    sourceIp: '192.0.2.1',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    details: { person: userName((who * 7) % users) },
  })
  const id = `${milliseconds}-bench-${String(seq).padStart(10, '0')}`
  return { id, accountId, chain: 'bench', seq, at, event, mac: 'x'.repeat(43) }
}

/** Which user the bench's token `n` speaks for: spread over all of them. */
const userOfToken = (n: number, users: number): number => Math.floor((n * users) / tokens)

/** Rows of one kind, put in without a transaction log: the file counts only when it is whole. */
class Rows<K extends Kind> {
  readonly #layout: Layout
  readonly #sealer: Sealer
  readonly #insert: StatementSync
  readonly #sides: readonly StatementSync[]

  constructor(db: DatabaseSync, kind: K, sealer: Sealer) {
    this.#layout = layoutFor(kind)
    this.#sealer = sealer
    const columns = ['id', 'version', ...this.#layout.columns]
    const marks = columns.map(() => '?').join(', ')
    this.#insert = db.prepare(`INSERT INTO ${this.#layout.table} (${columns.join(', ')}) VALUES (${marks})`)
    this.#sides = this.#layout.sides.map((side) => db.prepare(`INSERT INTO ${side.table} VALUES (?, ?, ?)`))
  }

  add(record: Records[K]): void {
    const row: Value[] = [record.id, 1]
    const body = recordToText(this.#layout.kind as K, record, this.#sealer)
    columnValues(this.#layout, record, body, row)
    this.#insert.run(...row)
    for (const [at, side] of this.#layout.sides.entries())
      for (const [value, sort] of sideRows(this.#layout, side, record))
        this.#sides[at]?.run(value, sort, record.id)
  }
}

/** Makes the store of a server whose directory is `dir`. */
export async function fillStore(dir: string, size: Size): Promise<Filled> {
  mkdirSync(dir, { recursive: true })
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  const path = join(dir, 'data', 'chancery.db')
  const store = await openSqlite(path, { masterKey })
  for (let n = 0; n < groups; n++) await store.create('group', group(`AGPA${n}`, { accountId }))
  await store.close()
  const began = performance.now()
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576')
  db.exec('PRAGMA temp_store = MEMORY')
  const later = withoutIndexes(db)
  await fillRows(db, masterKey, size)
  for (const sql of later) {
    await turn()
    db.exec(sql)
  }
  db.close()
  return {
    dir,
    path,
    size,
    megabytes: statSync(path).size / 2 ** 20,
    seconds: (performance.now() - began) / 1000,
    open: () => openSqlite(path, { masterKey }),
  }
}

/** Takes them away; what makes them again. */
function withoutIndexes(db: DatabaseSync): string[] {
  const of = `type = 'index' AND sql IS NOT NULL AND tbl_name IN ('user', 'artifact', 'spent', 'auditEntry')`
  const all = db.prepare(`SELECT name, sql FROM sqlite_schema WHERE ${of}`).all()
  for (const { name } of all) db.exec(`DROP INDEX "${name}"`)
  return all.map(({ sql }) => String(sql))
}

/** Users, their grants and what has expired come mixed, as they do in a store's life. */
async function fillRows(db: DatabaseSync, masterKey: Sealer, size: Size): Promise<void> {
  const users = new Rows(db, 'user', masterKey)
  const artifacts = new Rows(db, 'artifact', masterKey)
  const gone = new Rows(db, 'spent', masterKey)
  const entries = new Rows(db, 'auditEntry', masterKey)
  const { audit = 0 } = size
  const chunks = Math.ceil(size.users / 2000)
  const part = (many: number, chunk: number) => Math.floor((many * chunk) / chunks)
  for (let chunk = 0; chunk < chunks; chunk++) {
    db.exec('BEGIN')
    for (let n = part(size.users, chunk); n < part(size.users, chunk + 1); n++) users.add(person(n))
    const grants = size.users * size.grantsPerUser
    for (let n = part(grants, chunk); n < part(grants, chunk + 1); n++)
      artifacts.add(grant(n, n % size.users))
    for (let n = part(tokens, chunk); n < part(tokens, chunk + 1); n++)
      artifacts.add(token(n, userOfToken(n, size.users)))
    for (let n = part(size.expired, chunk); n < part(size.expired, chunk + 1); n++)
      gone.add(spent(artifactId('jti', String(n)), now - 1000))
    for (let n = part(audit, chunk); n < part(audit, chunk + 1); n++) entries.add(entry(n, audit, size.users))
    db.exec('COMMIT')
    await turn() // An interrupt is heard.
  }
}
