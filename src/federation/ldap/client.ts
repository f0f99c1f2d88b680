// An LDAP client with the operations of a sign-in: bind, search and read. ldapts gets a connection that has been verified and
// never opens another. Referrals are not followed and aliases are not dereferenced (attacks.md 18).
import type { Socket } from 'node:net'
import { Client } from 'ldapts'
import { communicationError } from '../outbound/checked-address.ts'
import { type OnStep, type Outbound, openConnection, type Server } from './connection.ts'
import type { Entry } from './entry.ts'
import { MessageStream } from './framing.ts'
import { resultText } from './refusals.ts'

/** Entries per page (RFC 2696). */
const pageSize = 500

export interface FoundEntry {
  readonly dn: string
  /** The textual values of the requested attribute. */
  readonly texts: readonly string[]
}

export interface Directory {
  /** @throws ldapts' ResultCodeError for a refusal, Error without a response */
  bind(name: string, password: string): Promise<void>
  /** The DNs of at most `limit` entries. @throws Problem('idp_communication_error') */
  find(base: string, filter: string, limit: number): Promise<readonly string[]>
  /** An entry by its DN; undefined when it does not exist or may not be read. @throws Problem('idp_communication_error') */
  read(dn: string, attributes: readonly string[]): Promise<Entry | undefined>
  /** Every entry that matches the filter, page by page. @throws Problem('idp_communication_error') */
  all(base: string, filter: string, attribute: string): AsyncIterable<FoundEntry>
  close(): void
}

/** @throws Problem('idp_communication_error') */
export async function openDirectory(
  server: Server,
  outbound: Outbound,
  signal: AbortSignal,
  onStep?: OnStep,
): Promise<Directory> {
  const client = clientOver(await openConnection(server, outbound, signal, onStep), signal)
  const asked = <T>(what: string, answer: Promise<T>): Promise<T> =>
    answer.catch((cause: unknown) => {
      throw communicationError(`${server.url}: ${what}: ${resultText(cause)}`)
    })
  return {
    bind: (name, password) => client.bind(name, password),
    find: async (base, filter, limit) => {
      const options = { filter, attributes: ['1.1'], sizeLimit: limit }
      const { searchEntries } = await asked(`search below \`${base}\``, client.search(base, options))
      return searchEntries.map(({ dn }) => dn)
    },
    read: (dn, attributes) => asked('reading an entry', readEntry(client, dn, attributes)),
    all: async function* (base, filter, attribute) {
      const options = { filter, paged: { pageSize }, attributes: [attribute] }
      const pages = client.searchPaginated(base, options)
      for (;;) {
        const page = await asked(`search below \`${base}\``, pages.next())
        if (page.done) return
        for (const entry of page.value.searchEntries) yield { dn: entry.dn, texts: textsOf(entry, attribute) }
      }
    },
    close: () => void client.unbind().catch(() => {}),
  }
}

function clientOver(socket: Socket, signal: AbortSignal): Client {
  const stream = new MessageStream(socket)
  signal.addEventListener('abort', () => stream.destroy(), { once: true })
  let taken = false
  return new Client({
    url: 'ldap://connected.invalid',
    createConnection: () => {
      if (taken || stream.destroyed) throw new Error('the connection was closed')
      taken = true
      // ldapts uses only the stream methods of a socket, and `readyState`.
      return stream as unknown as Socket
    },
  })
}

const asBytes = (attributes: readonly string[]) => ({
  attributes: [...attributes],
  explicitBufferAttributes: [...attributes],
})

async function readEntry(
  client: Client,
  dn: string,
  attributes: readonly string[],
): Promise<Entry | undefined> {
  const read = async (names: readonly string[]) => {
    const options = { scope: 'base' as const, filter: '(objectClass=*)', ...asBytes(names) }
    const { searchEntries } = await client.search(dn, options)
    return searchEntries[0]
  }
  const entry = await read(attributes)
  if (!entry) return undefined
  const { values, spelt } = valuesOf(entry, attributes)
  if (spelt.length === 0) return values
  // Values are returned as bytes only for attribute names spelled as in the directory.
  const complete = await read([...attributes, ...spelt])
  return complete && valuesOf(complete, attributes).values
}

/** The requested values as bytes, and the names that the directory spells differently and returned as text. */
function valuesOf(
  entry: Readonly<Record<string, unknown>>,
  attributes: readonly string[],
): { readonly values: Entry; readonly spelt: readonly string[] } {
  const asked = new Map(attributes.map((name) => [name.toLowerCase(), name]))
  const values = new Map<string, readonly Buffer[]>()
  const spelt: string[] = []
  for (const [type, given] of Object.entries(entry)) {
    const name = asked.get(type.toLowerCase())
    const all: readonly unknown[] = [given].flat()
    if (name === undefined || all.length === 0) continue
    if (all.every((value) => Buffer.isBuffer(value))) values.set(name, all)
    else spelt.push(type)
  }
  return { values, spelt }
}

function textsOf(entry: Readonly<Record<string, unknown>>, attribute: string): readonly string[] {
  const found = Object.entries(entry).find(([type]) => type.toLowerCase() === attribute.toLowerCase())
  return [found?.[1]].flat().filter((value) => typeof value === 'string')
}
