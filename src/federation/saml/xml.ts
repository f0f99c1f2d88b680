// Parses untrusted XML, limited in size, and refuses everything that two XML libraries may read differently: DTDs and entities always,
// comments, processing instructions and CDATA sections in messages (docs/attacks.md 18: a comment splits a text node in two).
import { createRequire } from 'node:module'
import { Problem } from '../../problem.ts'

export interface XmlElement {
  readonly namespace: string
  readonly name: string
  /** Attributes by name, without namespace declarations. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Text directly within, joined. */
  readonly text: string
  /** The node of xmldom, for signatures. */
  readonly node: unknown
}

export interface XmlLimits {
  /** Characters. */
  readonly length: number
  readonly elements: number
  /** Comments are ignored instead of refused: for metadata. */
  readonly comments?: true
}

const maxDepth = 50
const maxAttributes = 64
/** Maximum of attributes and namespace declarations in a document, as a multiple of the maximum of elements. */
const attributesPerElement = 3
/** The maximum of elements in a document, as a multiple of the maximum of namespace declarations. */
const elementsPerDeclaration = 3

/** The part of xmldom that is used here; its own types need the types of the DOM. */
interface Node {
  readonly nodeType: number
  readonly namespaceURI: string | null
  readonly localName: string | null
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly firstChild: Node | null
  readonly nextSibling: Node | null
  readonly attributes: { readonly length: number; item(at: number): Node }
}
interface Library {
  readonly DOMParser: new (
    options: object,
  ) => {
    parseFromString(xml: string, type: string): { readonly documentElement: Node | null } & Node
  }
}

const invalid = (detail: string): Problem =>
  new Problem('invalid_identity_token', 'the XML is not acceptable', { detail })

/** @throws Problem('invalid_identity_token') */
export function parseXml(
  given: string,
  limits: XmlLimits,
): { readonly text: string; readonly root: XmlElement } {
  if (given.length > limits.length) throw invalid(`the XML has more than ${limits.length} characters`)
  // Line ends are normalized here (XML 1.0 section 2.11), so that every later parser of the text sees the same.
  const text = given.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  checkText(text, limits)
  return { text, root: bounded(parsed(text), limits) }
}

/** The XML declaration of a document in UTF-8 (XML 1.0 section 2.8). */
const declaration =
  /^<\?xml\s+version\s*=\s*(["'])1\.[01]\1(\s+encoding\s*=\s*(["'])utf-8\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>/i

/** Runs before any parser. In well-formed XML `<!` and `<?` occur only at the start of the constructs that are refused here. */
function checkText(text: string, { elements, comments }: XmlLimits): void {
  const body = text.replace(declaration, '')
  const bare = comments ? withoutComments(body) : body
  if (bare.includes('<!--')) throw invalid('comments are not allowed')
  if (/<!DOCTYPE/i.test(bare)) throw invalid('a DTD is not allowed')
  if (bare.includes('<!')) throw invalid('declarations and CDATA sections are not allowed')
  if (bare.includes('<?')) throw invalid('processing instructions are not allowed')
  if (/&(?!(amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/.test(bare))
    throw invalid('entities are not allowed')
  // Characters that XML 1.0 does not allow (section 2.2).
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text))
    throw invalid('it has characters that XML does not allow')
  if (/&#(x0*(1?[0-8bcef]|1[\da-f])|0*([0-8]|1[124-9]|2\d|3[01]));/i.test(bare))
    throw invalid('it has characters that XML does not allow')
  if (countOf('<', bare) > 2 * elements) throw invalid(`the XML has more than ${elements} elements`)
  const attributes = attributesPerElement * elements
  if (countOf('="', bare) + countOf("='", bare) > attributes)
    throw invalid(`the XML has more than ${attributes} attributes`)
  const declarations = Math.floor(elements / elementsPerDeclaration)
  if (countOf('xmlns', bare) > declarations)
    throw invalid(`the XML has more than ${declarations} namespace declarations`)
  checkTags(bare)
}

/**
 * The depth and the attributes of each element, in linear time: xmldom copies the namespaces in scope for each element, so that it
 * takes quadratic time on a deep document. No tag is missed, since well-formed XML has `<` at the start of tags alone.
 */
function checkTags(bare: string): void {
  let depth = 0
  for (let at = bare.indexOf('<'); at >= 0; ) {
    const end = tagEnd(bare, at + 1)
    if (bare[at + 1] === '/') depth--
    else if (bare[end - 1] !== '/') depth++
    if (depth > maxDepth) throw invalid(`the XML is deeper than ${maxDepth}`)
    at = bare.indexOf('<', end)
  }
}

/** Where the tag ends whose name begins at `from`: the first `>` outside the values of its attributes. */
function tagEnd(bare: string, from: number): number {
  let attributes = 0
  for (let at = from; at < bare.length; at++) {
    const char = bare[at]
    if (char === '>') return at
    if (char === '<') break
    if (char !== '"' && char !== "'") continue
    const close = bare.indexOf(char, at + 1)
    if (close < 0 || bare.slice(at, close).includes('<')) break
    if (++attributes > maxAttributes) throw invalid('an element has too many attributes')
    at = close
  }
  throw invalid('the XML is not well-formed')
}

function countOf(searched: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(searched); at >= 0; at = text.indexOf(searched, at + 1)) count++
  return count
}

/** Removes comments in linear time. A regular expression would take quadratic time on many `<!--` without an end. */
function withoutComments(text: string): string {
  const kept: string[] = []
  let from = 0
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4)
    if (end < 0) break
    kept.push(text.slice(from, at))
    from = end + 3
  }
  return kept.join('') + text.slice(from)
}

let library: Library | undefined

function parsed(text: string): Node {
  library ??= createRequire(import.meta.url)('@xmldom/xmldom') as Library
  const refuse = (message: string) => {
    throw invalid(message.slice(0, 200))
  }
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse }
  let document: { readonly documentElement: Node | null } & Node
  try {
    document = new library.DOMParser({ locator: {}, errorHandler }).parseFromString(text, 'text/xml')
  } catch (cause) {
    throw cause instanceof Problem ? cause : invalid('the XML is not well-formed')
  }
  const { documentElement: root } = document
  if (!root) throw invalid('the XML has no element')
  for (let at = document.firstChild; at; at = at.nextSibling)
    if (at !== root && at.nodeType === 1) throw invalid('the XML has two roots')
  return root
}

const kindOf = { element: 1, text: 3, cdata: 4, comment: 8 } as const

/** Converts the tree of xmldom, and refuses one that is too deep or has too many elements. */
function bounded(root: Node, limits: XmlLimits): XmlElement {
  let count = 0
  const read = (node: Node, depth: number): XmlElement => {
    if (depth > maxDepth) throw invalid(`the XML is deeper than ${maxDepth}`)
    if (++count > limits.elements) throw invalid(`the XML has more than ${limits.elements} elements`)
    const children: XmlElement[] = []
    let text = ''
    for (let at = node.firstChild; at; at = at.nextSibling) {
      if (at.nodeType === kindOf.element) children.push(read(at, depth + 1))
      else if (at.nodeType === kindOf.text) text += at.nodeValue ?? ''
      else if (at.nodeType !== kindOf.comment || !limits.comments)
        throw invalid('the XML has nodes other than elements and text')
    }
    const attributes = attributesOf(node)
    return {
      namespace: node.namespaceURI ?? '',
      name: node.localName ?? '',
      attributes,
      children,
      text,
      node,
    }
  }
  return read(root, 1)
}

function attributesOf({ attributes }: Node): ReadonlyMap<string, string> {
  if (attributes.length > maxAttributes) throw invalid('an element has too many attributes')
  const found = new Map<string, string>()
  for (let at = 0; at < attributes.length; at++) {
    const { nodeName, nodeValue } = attributes.item(at)
    if (nodeName === 'xmlns' || nodeName.startsWith('xmlns:')) continue
    if (found.has(nodeName)) throw invalid('an attribute is repeated')
    found.set(nodeName, nodeValue ?? '')
  }
  return found
}

/** All elements of a tree, the root first. */
export function* allElements(root: XmlElement): Iterable<XmlElement> {
  yield root
  for (const child of root.children) yield* allElements(child)
}

export const childrenOf = (of: XmlElement, namespace: string, name: string): readonly XmlElement[] =>
  of.children.filter((child) => child.namespace === namespace && child.name === name)

/** The text of an element that contains only text; undefined for others. */
export const plainText = (of: XmlElement): string | undefined =>
  of.children.length === 0 ? of.text : undefined
