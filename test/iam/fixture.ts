import type { TestContext } from 'node:test'
import { type AuditEvent, eventOf, writeEvent } from '../../src/audit/event.ts'
import { readRecorded as readSamlMetadata } from '../../src/federation/saml/metadata.ts'
import { rootArn, userArn } from '../../src/iam/arn.ts'
import type { Trail } from '../../src/iam/audit/with-audit.ts'
import { type Authorizer, openAuthorizer } from '../../src/iam/authorization/authorize.ts'
import type { Call, Caller } from '../../src/iam/caller.ts'
import type { IamDependencies } from '../../src/iam/dependencies.ts'
import { Ends } from '../../src/iam/ends.ts'
import { type Iam, openIam } from '../../src/iam/iam.ts'
import { openMarkers } from '../../src/iam/paging.ts'
import { notingAccess, ServiceAccessRecorder } from '../../src/iam/service-access/recorder.ts'
import { PasswordHasher } from '../../src/secure/password/password.ts'
import type { User } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../support/store.ts'
import { giveBack, takeStore } from '../support/store-pool.ts'

export const accountId = '111122223333'
export const otherAccountId = '444455556666'

export interface IamFixture {
  readonly store: Store
  readonly iam: Iam
  readonly authorizer: Authorizer
  readonly hasher: PasswordHasher
  readonly trail: Trail
  readonly record: AuditEvent[]
  /** Seconds; starts at a round moment. */
  readonly clock: { now: number }
  readonly dir: string
  /** A call of the account's root. */
  readonly root: Call
  /** A call of the other account's root. */
  readonly otherRoot: Call
  /** A long-term key of this user. */
  as(user: User): Call
  call(caller: Caller): Call
  /** A user with this inline policy, ready to act. */
  userWho(name: string, policy?: object): Promise<Call>
  /** Another process on the same file. */
  another(): Promise<{ readonly iam: Iam; readonly store: Store }>
}

/** Argon2 as cheap as it goes: these tests are about who may, not about how long guessing takes. */
export const cheapHasher = () => new PasswordHasher({ memoryKiB: 8, passes: 1, lanes: 1 })

export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
})
export const text = (document: object): string => JSON.stringify(document)
export const trusting = (principal: unknown, members: object = {}) =>
  text({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...members }],
  })

/** Nobody is signed in. */
const signIns = {
  endSignIns: async () => undefined,
  endSessionsThrough: async () => undefined,
  revokeUser: async () => undefined,
}

export async function openIamFixture(t: TestContext): Promise<IamFixture> {
  const clock = { now: 1_750_000_000 }
  const pooled = await takeStore(() => clock.now)
  const { dir, path, masterKey } = pooled
  const hasher = cheapHasher()
  const record: AuditEvent[] = []
  const trail: Trail = { record: async (event) => void record.push(eventOf(writeEvent(event).text)) }
  const closers: (() => Promise<void>)[] = []

  const openOver = (store: Store) => {
    const authorizer = openAuthorizer(store)
    const access = new ServiceAccessRecorder(store)
    const key = Buffer.alloc(32, 7)
    const parts: IamDependencies = {
      store,
      authorizer,
      hasher,
      markers: openMarkers(() => key),
      issuerName: async () => 'chancery.example',
      readSamlMetadata,
      accessesStored: () => access.settled(),
      outbound: {
        issuerOf: (id) => `https://chancery.example/outbound/${id}`,
        createKeys: async () => undefined,
      },
      plainHttpAllowed: (host) => host === 'localhost',
      ends: new Ends({ store, now: () => clock.now, signIns }),
    }
    closers.push(async () => {
      authorizer.close()
      await access.settled()
    })
    return { store, authorizer, iam: openIam(parts, { record: notingAccess(trail, access) }) }
  }

  const another = async () => {
    const store = await openStore(path, { masterKey, clock: () => clock.now })
    const opened = openOver(store)
    closers.push(() => store.close())
    return opened
  }

  const { store, authorizer, iam } = openOver(pooled.store)
  t.after(async () => {
    for (const close of closers) await close()
    await giveBack(pooled)
  })
  for (const id of [accountId, otherAccountId])
    await store.create('account', { id, accountId: id, alias: undefined, createdAt: clock.now })

  let requests = 0
  const call = (caller: Caller): Call => ({
    caller,
    get circumstances() {
      const { now } = clock
      return {
        sourceIp: '192.0.2.7',
        secure: true,
        userAgent: 'test/1',
        region: 'us-east-1',
        now,
        requestId: `request-${++requests}`,
      }
    },
  })
  const rootOf = (id: string): Call =>
    call({ kind: 'root', accountId: id, arn: rootArn(id), accessKeyId: 'AKIAROOT' })
  const root = rootOf(accountId)
  const as = (user: User): Call =>
    call({
      kind: 'user',
      accountId: user.accountId,
      arn: userArn(user),
      userId: user.id,
      userName: user.name,
      accessKeyId: 'AKIAUSER',
      mfaAge: undefined,
      temporary: false,
      issuedAt: undefined,
    })

  return {
    store,
    iam,
    authorizer,
    hasher,
    trail,
    record,
    clock,
    dir,
    root,
    otherRoot: rootOf(otherAccountId),
    as,
    call,
    async userWho(name, policy) {
      const user = await iam.createUser(root, { userName: name })
      if (policy) await iam.putUserPolicy(root, { name, policyName: 'what-they-may', document: text(policy) })
      return as(user)
    },
    another,
  }
}
