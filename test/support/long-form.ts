// Property tests have a short form, which `npm test` runs, and a long one with more cases for `npm run test:long`.

/** Whether this is `npm run test:long`. */
export const isLongForm = process.env['CHANCERY_TEST_LONG'] === '1'

/** How many cases a property test tries in this run. */
export const caseCount = (counts: { readonly short: number; readonly long: number }): number =>
  isLongForm ? counts.long : counts.short

/** Variants to try in this run: the first and the last in the short form. */
export const variantsOf = <T>(all: readonly T[]): readonly T[] =>
  isLongForm ? all : all.filter((_, at) => at === 0 || at === all.length - 1)

/** Variants to try in this run: the last in the short form, which tries the most, as several processes do. */
export const lastVariantOf = <T>(all: readonly T[]): readonly T[] => (isLongForm ? all : all.slice(-1))

/** Those of `all` that this run tries: in the short form the named ones. @throws Error that says which name is none of them */
export function namedOf<T>(
  all: readonly T[],
  names: readonly string[],
  nameOf: (one: T) => string,
): readonly T[] {
  const known = new Set(all.map(nameOf))
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`not there: ${unknown.join(', ')}`)
  return isLongForm ? all : all.filter((one) => names.includes(nameOf(one)))
}

/** Each of `all` with each variant; in the short form each once, with the variants by turns. */
export const withVariants = <A, B>(all: readonly A[], variants: readonly B[]): readonly (readonly [A, B])[] =>
  all.flatMap((one, at) =>
    (isLongForm ? variants : variants.slice(at % variants.length).slice(0, 1)).map(
      (variant) => [one, variant] as const,
    ),
  )
