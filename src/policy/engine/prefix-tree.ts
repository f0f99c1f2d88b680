// A compressed trie from prefixes to values: one walk along a text finds all keys that are its prefixes, however many
// entries there are.

/** A list that keeps its capacity when cleared, because searches run millions of times a second. */
export class ReusableList<T> {
  readonly items: (T | undefined)[] = []
  count = 0

  add(item: T): void {
    this.items[this.count++] = item
  }

  clear(): this {
    this.count = 0
    return this
  }
}

class Node<T> {
  label: string
  value: T | undefined = undefined
  /** Children by first code unit, starting at `low`; undefined for a leaf. */
  slots: (Node<T> | undefined)[] | undefined = undefined
  low = 0
  /** Children whose code units are too far apart for an array. */
  byCode: Map<number, Node<T>> | undefined = undefined

  /** Length of the label; a copy, so that a one-character step does not load the label. */
  length: number

  constructor(label: string) {
    this.label = label
    this.length = label.length
  }

  child(code: number): Node<T> | undefined {
    if (this.slots !== undefined) return this.slots[code - this.low]
    return this.byCode?.get(code)
  }

  add(child: Node<T>): void {
    const code = child.label.charCodeAt(0)
    if (this.byCode !== undefined) this.byCode.set(code, child)
    else if (this.slots === undefined) {
      this.slots = [child]
      this.low = code
    } else this.#place(child, code)
  }

  #place(child: Node<T>, code: number): void {
    const old = this.slots!
    const low = Math.min(this.low, code)
    const span = Math.max(this.low + old.length - 1, code) - low + 1
    if (span > maxSlots) {
      const children = [...old.filter((one) => one !== undefined), child]
      this.byCode = new Map(children.map((one) => [one.label.charCodeAt(0), one]))
      this.slots = undefined
      return
    }
    const slots = new Array<Node<T> | undefined>(span).fill(undefined)
    for (const [at, one] of old.entries()) slots[at + this.low - low] = one
    slots[code - low] = child
    this.slots = slots
    this.low = low
  }

  /** Shortens the label of this node to `length`; its children move to a new child node. */
  split(length: number): void {
    const rest = new Node<T>(this.label.slice(length))
    rest.value = this.value
    rest.slots = this.slots
    rest.low = this.low
    rest.byCode = this.byCode
    this.label = this.label.slice(0, length)
    this.length = length
    this.value = undefined
    this.byCode = undefined
    this.slots = [rest]
    this.low = rest.label.charCodeAt(0)
  }
}

/** Covers ASCII letters, digits and punctuation; wider ranges use a map. */
const maxSlots = 96

export class PrefixTree<T> {
  readonly #root = new Node<T>('')

  /** The value of a key, created when absent. */
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

  /** Adds to `into` the values of all keys that are prefixes of `text`. */
  collect(text: string, into: ReusableList<T>): void {
    let node: Node<T> | undefined = this.#root
    let from = 0
    while (node !== undefined) {
      if (node.value !== undefined) into.add(node.value)
      if (from >= text.length) return
      node = node.child(text.charCodeAt(from))
      if (node === undefined) return
      const length: number = node.length
      if (length > 1 && commonLength(node.label, text, from) < length) return
      from += length
    }
  }
}

function commonLength(label: string, text: string, from: number): number {
  let at = 1 // the first code unit led here
  while (at < label.length && label.charCodeAt(at) === text.charCodeAt(from + at)) at++
  return at
}
