// An account of any size, for tests and the bench of what requests cost in it: every user is in the group and has the shared
// policy attached, every tenth has it as boundary, every hundredth may read documents.
import type { Records } from '../../../src/store/records.ts'
import type { Store } from '../../../src/store/store.ts'
import { group, policy, user } from '../../store/sample.ts'
import { onMongo } from '../store.ts'

export interface AccountSize {
  readonly users: number
  readonly roles: number
  readonly policies: number
}

export const groupId = 'AGPABIG'
export const sharedPolicy = (accountId: string): string => `arn:aws:iam::${accountId}:policy/shared`
export const emptyPolicy = (accountId: string, n: number): string => `arn:aws:iam::${accountId}:policy/p${n}`

const statement = (Action: string, Resource: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] })
const padded = (n: number): string => String(n).padStart(7, '0')

type Fill = { [K in 'user' | 'role' | 'group' | 'policy']: [K, Records[K]] }[
  | 'user'
  | 'role'
  | 'group'
  | 'policy']

/** The records of such an account; the account itself is not among them. */
export function* bigAccount(accountId: string, size: AccountSize): Generator<Fill> {
  const shared = sharedPolicy(accountId)
  const document = statement('docs:ListDocuments', 'arn:aws:docs:::document/*')
  const versions = [{ id: 'v1', document, createdAt: 1 }]
  yield ['policy', policy('ANPASHARED', { accountId, name: 'shared', arn: shared, versions })]
  yield ['group', group(groupId, { accountId, name: 'everybody' })]
  for (let n = 0; n < size.policies; n++) {
    const arn = emptyPolicy(accountId, n)
    yield ['policy', policy(`ANPA${padded(n)}`, { accountId, name: `p${n}`, arn, versions })]
  }
  for (let n = 0; n < size.users; n++) {
    const inline =
      n % 100 === 99
        ? [{ name: 'read', document: statement('docs:GetDocument', 'arn:aws:docs:::document/7') }]
        : []
    const more = { accountId, name: `u${padded(n)}`, groups: [groupId], attached: [shared], inline }
    yield ['user', user(`AIDA${padded(n)}`, { ...more, ...(n % 10 === 0 && { boundary: shared }) })]
  }
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: 'AIDA0000001' }, Action: 'sts:AssumeRole' }],
  })
  for (let n = 0; n < size.roles; n++) {
    const id = `AROA${padded(n)}`
    yield [
      'role',
      {
        id,
        accountId,
        name: `r${padded(n)}`,
        path: '/',
        createdAt: 1,
        inline: [],
        attached: [shared],
        description: undefined,
        trust,
        maxSessionDuration: 3600,
        tags: [],
        boundary: undefined,
        lastUsed: undefined,
      },
    ]
  }
}

/** Many at a time, so that they share the commits of SQLite; a MongoDB for tests takes only a few. */
const atOnce = onMongo ? 20 : 1000

export async function fillAccount(store: Store, accountId: string, size: AccountSize): Promise<void> {
  let waiting: Promise<void>[] = []
  for (const [kind, record] of bigAccount(accountId, size)) {
    waiting.push(store.create(kind, record))
    if (waiting.length < atOnce) continue
    await Promise.all(waiting)
    waiting = []
  }
  await Promise.all(waiting)
}
