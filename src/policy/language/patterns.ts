// Parses the lists of actions and resources in a statement: one text or several.

import { type JsonNode, shown } from './json.ts'
import type { Reading } from './parse-context.ts'
import type { DocumentKind, Version, Written } from './syntax.ts'
import { type Piece, readTemplate } from './template.ts'

/** Parses a text or a list of texts, validating each; undefined when the element is absent. */
export function readTexts(
  node: JsonNode | undefined,
  { faults, path }: Reading,
  check: (text: string) => string | undefined,
): readonly Written[] | undefined {
  if (node === undefined) return undefined
  if (node.type !== 'array' && node.type !== 'string') {
    faults.wrongType(node, 'a string or a list of strings', path)
    return undefined
  }
  const items = node.type === 'array' ? node.items : [node]
  if (items.length === 0) faults.add('unexpected empty list, expected at least one string', node.start, path)
  const texts: Written[] = []
  for (const item of items) {
    if (item.type !== 'string') {
      faults.wrongType(item, 'a string', path)
      continue
    }
    const fault = check(item.value)
    if (fault !== undefined) faults.add(fault, item.start, path)
    texts.push({ text: item.value, at: faults.place(item.start) })
  }
  return texts
}

/**
 * Validates `*` or `prefix:Name`, with `*` and `?` anywhere. Only the form is checked, since every service defines its own
 * actions.
 */
export function actionFault(text: string, kind: DocumentKind): string | undefined {
  const colon = text.indexOf(':')
  // AWS accepts blanks in the name of an action, which then is the name of none.
  const form =
    text === '*' ||
    (colon > 0 &&
      colon < text.length - 1 &&
      !/\s/.test(text.slice(0, colon)) &&
      !/[^\S ]|[${}"'`]/.test(text))
  if (!form) return `unexpected action \`${shown(text)}\`, expected \`service:Action\` or \`*\``
  // IAM: "AssumeRole policy may only specify STS AssumeRole actions".
  if (kind === 'trust' && text.slice(0, colon).toLowerCase() !== 'sts')
    return `unexpected action \`${shown(text)}\` in a trust policy, expected an \`sts:\` action`
  return undefined
}

/** Validates an ARN of six parts, any other resource name, or `*`. */
export function resourceFault(text: string, version: Version): string | undefined {
  if (text === '') return 'unexpected empty resource, expected an ARN, a name or `*`'
  const template = readTemplate(text, { version, wildcards: true })
  if ('fault' in template) return template.fault
  if (!text.startsWith('arn:')) return undefined
  return arnFault(text, template.pieces)
}

/** The first five parts of an ARN may contain wildcards and variables, the service only variables. */
function arnFault(text: string, pieces: readonly Piece[]): string | undefined {
  const head = readHead(pieces)
  // AWS accepts an ARN that ends with its service; no resource has such an ARN.
  if (/^arn:aws[a-z-]*:[a-z0-9-]+$/.test(text)) return undefined
  if (head.colons < 5)
    return `unexpected resource \`${shown(text)}\`, expected \`arn:partition:service:region:account:resource\``
  if (head.wildService)
    return `unexpected wildcard in the service of \`${shown(text)}\`, expected the service's name`
  return undefined
}

function readHead(pieces: readonly Piece[]): { colons: number; wildService: boolean } {
  let colons = 0
  let wildService = false
  for (const piece of pieces) {
    if (piece.kind === 'variable') continue
    if (piece.kind !== 'literal') wildService ||= colons === 2
    else
      for (let at = piece.text.indexOf(':'); at >= 0; at = piece.text.indexOf(':', at + 1))
        if (++colons === 5) return { colons, wildService }
  }
  return { colons, wildService }
}
