// Who is in the test's directory.

export const base = 'dc=acme,dc=example'
export const reader = { dn: `cn=reader,${base}`, password: 'reader-secret' } as const

/** By their names; `awkward` has a DN and a name that must be escaped. */
export const people = {
  alice: { name: 'alice', password: 'correct horse alice' },
  awkward: { name: 'b*b (the) \\ one', password: 'pässwörd ✓' },
  carol: { name: 'carol', password: 'carol has many groups' },
  /** As Active Directory has people; `guid` is how it writes the sixteen bytes. */
  dave: {
    name: 'dave',
    password: 'dave of the domain',
    bytes: Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'),
    guid: '03020100-0504-0706-0809-0a0b0c0d0e0f',
  },
} as const

/** A value as LDIF has any bytes (RFC 2849). */
const line = (name: string, value: string | Buffer): string =>
  `${name}:: ${Buffer.from(value).toString('base64')}`

type Values = Readonly<Record<string, string | Buffer | readonly string[]>>

const entry = (dn: string, attributes: Values): string =>
  [
    line('dn', dn),
    ...Object.entries(attributes).flatMap(([name, values]) =>
      (Array.isArray(values) ? values : [values]).map((value) => line(name, value)),
    ),
  ].join('\n')

const person = (dn: string, uid: string, password: string, more: Values = {}) =>
  entry(dn, { objectClass: 'inetOrgPerson', uid, sn: uid, userPassword: password, ...more })

const group = (cn: string, members: readonly string[]) =>
  entry(`cn=${cn},ou=groups,${base}`, { objectClass: 'groupOfNames', cn, member: members })

const peopleUnder = `ou=people,${base}`
export const dnOf = {
  alice: `cn=Alice Ünal,${peopleUnder}`,
  awkward: `cn=\\#1 Böb\\, "the one" *(x)\\\\,${peopleUnder}`.replaceAll('"', '\\"'),
  carol: `cn=carol,${peopleUnder}`,
  dave: `cn=dave,${peopleUnder}`,
} as const

export function directoryLdif(referral: string): string {
  const unit = (ou: string) => entry(`ou=${ou},${base}`, { objectClass: 'organizationalUnit', ou })
  return [
    entry(base, { objectClass: ['dcObject', 'organization'], dc: 'acme', o: 'Acme' }),
    entry(reader.dn, {
      objectClass: ['organizationalRole', 'simpleSecurityObject'],
      cn: 'reader',
      userPassword: reader.password,
    }),
    unit('people'),
    unit('partners'),
    unit('groups'),
    person(dnOf.alice, people.alice.name, people.alice.password, {
      cn: 'Alice Ünal',
      mail: 'alice@acme.example',
      displayName: 'Alice Ünal',
    }),
    person(dnOf.awkward, people.awkward.name, people.awkward.password, { cn: '#1 Böb, "the one" *(x)\\' }),
    person(dnOf.carol, people.carol.name, people.carol.password, { cn: 'carol' }),
    person(`cn=twin,${peopleUnder}`, 'twin', 'twin-secret', { cn: 'twin' }),
    person(`cn=twin,ou=partners,${base}`, 'twin', 'twin-secret', { cn: 'twin' }),
    person(`cn=badge,${peopleUnder}`, 'badge', 'badge-secret', { cn: 'badge' }),
    entry(dnOf.dave, {
      objectClass: ['inetOrgPerson', 'user'],
      objectCategory: 'person',
      cn: 'dave',
      sn: 'dave',
      sAMAccountName: people.dave.name,
      userPrincipalName: 'dave@acme.example',
      objectGUID: people.dave.bytes,
      jpegPhoto: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      userPassword: people.dave.password,
    }),
    entry(`cn=open,${peopleUnder}`, { objectClass: 'inetOrgPerson', uid: 'open', sn: 'open', cn: 'open' }),
    entry(`cn=elsewhere,${peopleUnder}`, {
      objectClass: ['referral', 'extensibleObject'],
      cn: 'elsewhere',
      ref: `${referral}/cn=elsewhere,${peopleUnder}`,
    }),
    // alice → developers → engineering → staff, and staff in engineering again.
    group('developers', [dnOf.alice, dnOf.awkward, dnOf.dave]),
    group('engineering', [`cn=developers,ou=groups,${base}`, `cn=staff,ou=groups,${base}`]),
    group('staff', [`cn=engineering,ou=groups,${base}`]),
    group('everyone', [
      ...Array.from({ length: 2000 }, (_, n) => `cn=member-${n},${peopleUnder}`),
      dnOf.alice,
    ]),
    // More than one page, and more than one search may answer without pages.
    ...Array.from({ length: 620 }, (_, n) => group(`team-${n}`, [dnOf.carol])),
  ].join('\n\n')
}
