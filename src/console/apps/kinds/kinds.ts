// Every kind of app that the console knows the lines of.
import { t, type Words } from '../../../../views/console/message.ts'
import { frameworks } from './frameworks.ts'
import { type AppKind, callbackPath } from './kind.ts'
import { products } from './products.ts'
import { programs } from './programs.ts'

export const kindGroups: readonly (readonly [title: Words, kinds: readonly AppKind[]])[] = [
  [t('Products'), products],
  [t('Web applications'), frameworks],
  [t('Programs'), programs],
]

const byId: ReadonlyMap<string, AppKind> = new Map(
  kindGroups.flatMap(([, kinds]) => kinds.map((kind) => [kind.id, kind] as const)),
)

export const kindNamed = (id: string | undefined): AppKind | undefined => byId.get(id ?? '')

/** The kind whose own callback one of these is, or without any the one that needs none. Undefined where several kinds have it, such as `/callback`. */
export function guessKind(
  redirectUris: readonly string[],
  grantTypes: readonly string[] = [],
): AppKind | undefined {
  if (redirectUris.length === 0)
    return [...byId.values()].find(
      ({ signsNobodyIn }) => signsNobodyIn && grantTypes.includes('client_credentials'),
    )
  const own = (kind: AppKind): readonly string[] => kind.fixed ?? [callbackPath(kind)]
  const found = [...byId.values()].filter((kind) =>
    own(kind).some((end) => end.length > 1 && redirectUris.some((uri) => uri.endsWith(end))),
  )
  return found.length === 1 ? found[0] : undefined
}
