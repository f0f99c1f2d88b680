// Records of every kind with random contents, the same for the same seed.
import { createHash } from 'node:crypto'
import { Secret } from '../../src/secure/secret.ts'
import type { Kind, Records } from '../../src/store/records.ts'
import { account, epoch } from './sample.ts'

export const idsPerKind = 12

/** Text that engines and lines might trip over. */
const odd = [
  '',
  'é',
  '日本',
  '"quoted"\\',
  'line\nfeed\u2028',
  '💧',
  '\u0000',
  '__proto__',
  '{"end":{}}',
  '\ud800',
]

export function anyRecord<K extends Kind>(kind: K, seed: number, n: number): Records[K] {
  let turn = 0
  const draw = (below: number): number =>
    createHash('sha256').update(`${seed} ${kind} ${n} ${turn++}`).digest().readUInt32BE() % below
  const text = () => `${odd[draw(odd.length)]}${draw(1e9).toString(36)}${odd[draw(odd.length)]}`
  const some = <T>(make: () => T) => Array.from({ length: draw(4) }, make)
  const maybe = <T>(make: () => T) => (draw(2) ? make() : undefined)
  const plain = (what: string) => `${what}-${seed}-${n}-${draw(1e6).toString(36)}`
  const secret = () => new Secret(text())
  const own = { id: `${kind}/${seed}/${n} é💧`, accountId: account }
  const bearer = () => ({
    ...own,
    name: plain('Name'),
    path: `/${plain('p')}/`,
    createdAt: epoch - draw(1e6),
    inline: some(() => ({ name: text(), document: JSON.stringify({ Statement: text() }) })),
    attached: some(() => plain('arn:aws:iam::aws:policy/x')),
  })
  const tags = () => some(() => ({ key: text(), value: text() }))
  const expiresAt = epoch + 1 + draw(1e6)
  const providerBase = { ...own, disabled: draw(2) === 1, createdAt: epoch, tags: tags(), signIn: undefined }
  const made: { readonly [R in Kind]: () => Records[R] } = {
    account: () => ({ ...own, alias: maybe(() => plain('alias')), createdAt: epoch }),
    user: () => ({
      ...bearer(),
      groups: some(() => plain('AGPA')),
      tags: tags(),
      boundary: maybe(() => plain('arn')),
      login: maybe(() => ({ hash: text(), mustChange: true, createdAt: epoch, changedAt: epoch })),
      passwordLastUsed: maybe(() => epoch),
      email: maybe(() => `${plain('e')}@x.example`),
      emailVerified: draw(2) === 1,
      displayName: maybe(text),
      disabled: draw(2) === 1,
      recoveryCodes: some(text),
    }),
    group: bearer,
    role: () => ({
      ...bearer(),
      description: maybe(text),
      trust: JSON.stringify({ text: text() }),
      maxSessionDuration: 3600,
      tags: tags(),
      boundary: maybe(() => plain('arn')),
      lastUsed: maybe(() => epoch),
    }),
    credentialReport: () => ({ ...own, content: text(), generatedAt: epoch, expiresAt }),
    instanceProfile: () => ({
      ...own,
      name: plain('profile'),
      path: '/',
      createdAt: epoch,
      roleId: maybe(() => plain('AROA')),
      tags: [],
    }),
    policy: () => ({
      ...own,
      name: plain('P'),
      path: '/',
      arn: plain('arn'),
      description: maybe(text),
      createdAt: epoch,
      updatedAt: epoch,
      versions: [{ id: 'v1', document: text(), createdAt: epoch }],
      defaultVersion: 'v1',
      nextVersion: 2,
      tags: tags(),
    }),
    accessKey: () => ({
      ...own,
      userId: maybe(() => plain('AIDA')),
      secret: secret(),
      status: 'Active',
      createdAt: epoch,
      lastUsed: undefined,
    }),
    mfaDevice: () => ({
      ...own,
      name: plain('mfa'),
      path: '/',
      userId: maybe(() => plain('AIDA')),
      seed: secret(),
      createdAt: epoch,
      enabledAt: maybe(() => epoch),
      lastStep: draw(1e9),
      tags: tags(),
    }),
    identityProvider: () => ({
      ...providerBase,
      kind: 'saml',
      name: plain('idp'),
      secret: maybe(secret),
      metadata: text(),
      entityId: text(),
      validUntil: undefined,
      subject: { from: 'attribute', name: text() },
      want: 'assertion',
      certificate: maybe(text),
    }),
    joining: () => ({ ...own, userId: plain('AIDA'), claim: text(), createdAt: epoch }),
    arrival: () => ({ ...own, form: secret(), expiresAt }),
    upstreamSession: () => ({
      ...own,
      userId: plain('AIDA'),
      provider: plain('arn'),
      leave: maybe(secret),
      expiresAt,
    }),
    key: () => ({
      ...own,
      use: 'token',
      alg: 'ES256',
      generation: n + 1,
      jwk: secret(),
      createdAt: epoch,
      activeAt: epoch,
      retiredAt: maybe(() => epoch),
      expiresAt: maybe(() => expiresAt),
    }),
    artifact: () => ({
      ...own,
      model: 'Session',
      payload: secret(),
      grantId: maybe(() => plain('g')),
      uid: maybe(() => plain('u')),
      userCode: maybe(() => plain('c')),
      subject: maybe(() => plain('AIDA')),
      clientId: maybe(() => plain('wiki')),
      consumedAt: undefined,
      expiresAt: maybe(() => expiresAt),
    }),
    auditEntry: () => ({
      ...own,
      chain: 'one',
      seq: n,
      at: epoch,
      event: JSON.stringify(text()),
      mac: text(),
    }),
    counter: () => ({ ...own, count: draw(9), since: epoch, expiresAt }),
    spent: () => ({ ...own, expiresAt }),
    revocation: () => ({ ...own, scope: 'role', value: text(), before: epoch, at: epoch, expiresAt }),
    sessionPolicy: () => ({ ...own, document: text(), expiresAt }),
    delivery: () => ({
      ...own,
      clientId: 'wiki',
      userId: plain('AIDA'),
      tries: draw(9),
      nextAt: epoch + draw(100),
      expiresAt,
    }),
    configuration: () => ({
      ...own,
      hash: text(),
      clients: [text()],
      resources: [],
      replaced: [{ hash: text(), at: epoch }],
    }),
    setting: () => ({ ...own, value: text() }),
  }
  return made[kind]() as Records[K]
}
