// docs/apps.md as data: for each app its entries of `clients:`, the blocks of settings or code, and its row of the table.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'

export interface ClientEntry {
  readonly client_id: string
  readonly client_secret?: string
  /** Undefined for a program that signs nobody in. */
  readonly redirect_uris?: readonly string[]
  readonly grant_types?: readonly string[]
}

export interface AppSection {
  readonly title: string
  readonly text: string
  readonly clients: readonly ClientEntry[]
  /** The text of each code block but that of the entries, with its language. */
  readonly blocks: readonly { readonly language: string; readonly text: string }[]
}

/** How an app behaves, by the table of the page. */
export interface AppRow {
  readonly title: string
  readonly clientId: string
  readonly pkce: 'S256' | 'no'
  readonly secret: 'header' | 'form' | 'none'
  readonly algorithm: string
  readonly scopes: string
  readonly claims: readonly string[]
}

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/apps.md'), 'utf8')

export const sections: readonly AppSection[] = page
  .split(/^## /m)
  .slice(1)
  .map((text) => {
    const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = '', body = '']) => ({
      language,
      text: body,
    }))
    const [entries, ...others] = blocks
    return {
      title: text.slice(0, text.indexOf('\n')),
      text,
      clients: (parse(entries?.text ?? '') as { readonly clients: readonly ClientEntry[] }).clients,
      blocks: others,
    }
  })

const words = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

export const rows: readonly AppRow[] = [...page.matchAll(/^\| \[.*$/gm)].map(([line]) => {
  const [, title = '', client, pkce = '', secret = '', algorithm = '', scopes, claims] = line
    .split('|')
    .map((cell) => cell.trim())
  return {
    title: /\[([^\]]+)\]/.exec(title)?.[1] ?? '',
    clientId: words(client)[0] ?? '',
    pkce: pkce === 'no' ? 'no' : 'S256',
    secret: secret === 'form' ? 'form' : secret === 'none' ? 'none' : 'header',
    algorithm,
    scopes: words(scopes)[0] ?? '',
    claims: words(claims),
  }
})

export function sectionOf(title: string): AppSection {
  const found = sections.find((section) => section.title === title)
  if (!found) throw new Error(`docs/apps.md has no section ${title}`)
  return found
}

/** The whole of a section. */
export const textOf = (title: string): string => sectionOf(title).text

/** The block of a section in one language. */
export function blockOf(title: string, language: string): string {
  const found = sectionOf(title).blocks.find((block) => block.language === language)
  if (!found) throw new Error(`docs/apps.md has no ${language} in ${title}`)
  return found.text
}
