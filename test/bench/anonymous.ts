// CPU milliseconds that one hostile SAML response costs, for the worst shapes that its limits admit, with ten certificates:
// signed by an unknown key, and under the signature of another message of the provider. `node test/bench/anonymous.ts`
import { readAssertion } from '../../src/federation/saml/assertion.ts'
import { readMetadata } from '../../src/federation/saml/metadata.ts'
import {
  assertionXml,
  encode,
  type KeyPair,
  makeKeyPair,
  metadataOf,
  responseXml,
  type Said,
  sign,
} from '../support/upstreams/saml-forge.ts'

const at = 2_000_000_000
const said: Said = {
  at,
  recipient: 'https://us.example/saml',
  audience: 'https://us.example',
  request: undefined,
}
const own = makeKeyPair()
const metadata = readMetadata(metadataOf([...Array.from({ length: 9 }, () => makeKeyPair()), own]))

const nested = (depth: number, open: (level: number) => string, name: (level: number) => string): string => {
  const levels = Array.from({ length: depth }, (_, level) => level)
  return `${levels.map(open).join('')}${levels
    .reverse()
    .map((level) => `</${name(level)}>`)
    .join('')}`
}
const counted = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ')

const shapes: Readonly<Record<string, string>> = {
  'nothing more': '',
  'a text of 60 kB': 'x'.repeat(60_000),
  '18,000 entities': '&amp;'.repeat(18_000),
  '2,900 elements': '<a/>'.repeat(2900),
  '8,400 attributes': `<a ${counted(60, (i) => `a${i}=""`)}/>`.repeat(140),
  '5,400 namespaces': `<a ${counted(30, (i) => `xmlns:p${i}="u"`)}/>`.repeat(180),
  'depth 45': nested(
    42,
    () => '<a>',
    () => 'a',
  ).repeat(60),
  '40 prefixes in scope': nested(
    40,
    (i) => `<p${i}:a xmlns:p${i}="u">`,
    (i) => `p${i}:a`,
  ).repeat(40),
}

function milliseconds(xml: string): number {
  const encoded = encode(xml)
  const before = process.threadCpuUsage()
  try {
    readAssertion(encoded, {
      metadata,
      want: 'either',
      recipient: said.recipient,
      audiences: [said.audience],
      inResponseTo: undefined,
      now: at,
      authenticatedSince: undefined,
    })
  } catch {
    // Refused, as it must be.
  }
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

const messageBy = (pair: KeyPair, content: string): string =>
  responseXml(said, sign(assertionXml({ ...said, attributes: 'filler' }), pair)).replace('filler', content)

const unknownKey = makeKeyPair()
for (const [shape, content] of Object.entries(shapes))
  for (const [by, pair] of [
    ['unknown key', unknownKey],
    ['replayed signature', own],
  ] as const) {
    const times = Array.from({ length: 9 }, () => milliseconds(messageBy(pair, content))).sort(
      (a, b) => a - b,
    )
    console.log(
      `${shape.padEnd(22)} ${by.padEnd(20)} median ${times[4]?.toFixed(1)} ms, worst ${times[8]?.toFixed(1)} ms`,
    )
  }
