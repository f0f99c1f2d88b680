// A compressed trie from prefixes to values: all entries that a text begins with are found in one walk along the text,
// however many entries there are.

class Node<T> {
  label: string
  value: T | undefined = undefined
  children: Node<T>[] = []
  /** By first code unit, once there are too many children to look through. */
  byCode: Map<number, Node<T>> | undefined = undefined

  constructor(label: string) {
    this.label = label
  }

  child(code: number): Node<T> | undefined {
    if (this.byCode !== undefined) return this.byCode.get(code)
    for (const child of this.children) if (child.label.charCodeAt(0) === code) return child
    return undefined
  }

  add(child: Node<T>): void {
    this.children.push(child)
    if (this.byCode !== undefined) this.byCode.set(child.label.charCodeAt(0), child)
    else if (this.children.length > 8)
      this.byCode = new Map(this.children.map((one) => [one.label.charCodeAt(0), one]))
  }

  /** Shortens this node to `length` of its label; what hung on it goes one down. */
  split(length: number): void {
    const rest = new Node<T>(this.label.slice(length))
    rest.value = this.value
    rest.children = this.children
    rest.byCode = this.byCode
    this.label = this.label.slice(0, length)
    this.value = undefined
    this.children = [rest]
    this.byCode = undefined
  }
}

export class PrefixTree<T> {
  readonly #root = new Node<T>('')

  /** The value at a key, made if there is none. */
  at(key: string, make: () => T): T {
    let node = this.#root
    let from = 0
    while (from < key.length) {
      const child = node.child(key.charCodeAt(from))
      if (child === undefined) {
        const leaf = new Node<T>(key.slice(from))
        node.add(leaf)
        node = leaf
        break
      }
      const common = commonLength(child.label, key, from)
      if (common < child.label.length) child.split(common)
      node = child
      from += common
    }
    node.value ??= make()
    return node.value
  }

  /** Adds to `into` the values of all keys that `text` begins with. */
  collect(text: string, into: T[]): void {
    let node: Node<T> | undefined = this.#root
    let from = 0
    while (node !== undefined) {
      if (node.value !== undefined) into.push(node.value)
      if (from >= text.length) return
      node = node.child(text.charCodeAt(from))
      if (node === undefined || commonLength(node.label, text, from) < node.label.length) return
      from += node.label.length
    }
  }
}

function commonLength(label: string, text: string, from: number): number {
  let at = 1 // the first code unit led here
  while (at < label.length && label.charCodeAt(at) === text.charCodeAt(from + at)) at++
  return at
}
