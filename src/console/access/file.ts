// A picture of access as a file: a line for each edge, nothing folded.

import { translator } from '../../../views/language.ts'
import type { AccessNode, AccessPicture } from '../../iam/access/drawing.ts'
import type { QuestionInput } from '../../iam/access/read-access.ts'
import { sendList } from '../frame/download.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { nodeView, questionInput, stateOf, typedQuestion } from './picture.ts'

/** The most roles, and people or others who lead to it, that a file has: as many as a picture that is unfolded. */
export const mostInFile = 60

const answers = {
  'on-way': 'on the way',
  cut: 'cuts',
  unmet: 'condition does not hold',
  blocked: 'would be the way',
} as const

/** Files are the same for everybody who reads them. */
const english = translator('en')

interface AccessRow {
  readonly from: string
  readonly to: string
  readonly relation: string
  readonly condition: string | undefined
  /** To the question of the address. */
  readonly answer: string | undefined
}

function rowsOf({ nodes, edges }: AccessPicture): readonly AccessRow[] {
  const names = new Map(nodes.map((node) => [node.id, nodeName(node)]))
  return edges.map((edge) => {
    const state = stateOf(edge)
    return {
      from: names.get(edge.from) ?? '',
      to: names.get(edge.to) ?? '',
      relation: edge.kind,
      condition: edge.condition,
      answer: state && answers[state],
    }
  })
}

const nodeName = (node: AccessNode): string =>
  'arn' in node
    ? node.arn
    : 'name' in node
      ? node.name
      : 'sentence' in node
        ? node.sentence
        : nodeView(node).text(english)

/**
 * Sends the picture that `read` makes, with the answer to the question of the address.
 * @param name of whom the access is
 * @throws Problem('denied'), Problem('not_found'), Problem('validation')
 */
export function sendAccess(
  request: ConsoleRequest,
  format: 'csv' | 'json',
  name: string,
  read: (input: { readonly question?: QuestionInput }) => Promise<{ readonly picture: AccessPicture }>,
): Promise<void> {
  const typed = typedQuestion(request)
  return sendList(request, format, {
    name: `access-of-${name}`,
    page: async () => {
      const { picture } = await read(typed.action === '' ? {} : { question: questionInput(typed) })
      return { items: rowsOf(picture) }
    },
    columns: [
      ['from', ({ from }) => from],
      ['to', ({ to }) => to],
      ['relation', ({ relation }) => relation],
      ['condition', ({ condition }) => condition],
      ['answer', ({ answer }) => answer],
    ],
  })
}
