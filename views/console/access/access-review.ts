// Who gains and who loses when a policy is attached or detached, or when a person joins or leaves a group.
import { type Fragment, type Html, html } from '../../html.ts'
import { nameSegment } from '../frame/name-segment.ts'
import { facts } from '../frame/parts.ts'
import { personPath } from '../people/people.ts'
import { type ComparedView, comparedPart } from './policy-editor.ts'

export type AccessReview =
  | { readonly denied: string }
  | {
      readonly compared: readonly ComparedView[]
      /** Whether a permissions boundary limits what the policies allow. */
      readonly bounded: boolean
      /** The first members of a group; undefined when the reader may not know them, and for people and roles. */
      readonly members: { readonly names: readonly string[]; readonly more: boolean } | undefined
    }

/** Whose access changes. */
export interface ChangedHolder {
  readonly kind: 'user' | 'group' | 'role'
  readonly name: string
  /** Of a person who joins or leaves it. */
  readonly group?: string
}

type Named = AccessReview & { readonly holder: ChangedHolder }

const membersOf = ({
  names,
  more,
}: {
  readonly names: readonly string[]
  readonly more: boolean
}): Fragment =>
  names.length === 0
    ? 'Nobody is in the group yet.'
    : html`Everybody in the group: ${names.map((name, at) => html`${at > 0 && ', '}<a href="${personPath(name)}">${name}</a>`)}${more && ' and more'}.`

function whoOf(p: Named): Fragment {
  const { kind, name } = p.holder
  if (kind === 'user') return html`<a href="${personPath(name)}">${name}</a>`
  if (kind === 'role')
    return html`Whoever becomes the role <a href="/console/workloads/${nameSegment(name)}">${name}</a>.`
  if ('denied' in p || p.members === undefined) return 'Everybody in the group.'
  return membersOf(p.members)
}

function note({ kind, group }: ChangedHolder): string {
  if (group !== undefined)
    return 'All policies of the person are compared, with those of their groups. Apps that are for members of the group are not.'
  if (kind === 'group') return 'Only the policies of the group are compared; a member may have others.'
  return kind === 'user'
    ? 'All policies of the person are compared, with those of their groups.'
    : 'All policies of the role are compared.'
}

export const accessReview = (p: Named): Html => html`${facts([['Who', whoOf(p)]])}
${
  'denied' in p
    ? html`<p class="empty">What changes for them is not shown. ${p.denied}</p>`
    : html`${comparedPart(p.compared)}<p class="note">${note(p.holder)}${p.bounded && ' A permissions boundary limits them further.'}</p>`
}`
