// The account chooser (OIDC Core §3.1.2.1, `prompt=select_account`). A browser is signed in to one account at a time, so
// using another account means signing in again within this interaction.
import type { Context } from 'koa'
import type { FormTarget } from '../../views/form.ts'
import type { Page } from '../../views/layout.ts'
import { accessRefusedPage, chooseAccountPage } from '../../views/sign-in/choose-account-page.ts'
import type { Interaction } from '../oidc/edge.ts'
import type { SignInDependencies } from './request.ts'

const choiceNote = 'account'

/** Whether this interaction must show the account chooser now. */
export const mustChooseAccount = ({ ask, notes }: Pick<Interaction, 'ask' | 'notes'>): boolean =>
  ask === 'select-account' && notes.get(choiceNote) === undefined

/** Whether the signed-in user may not use the application, and has not chosen to use another account. */
export const isAccessRefused = ({ ask, notes }: Pick<Interaction, 'ask' | 'notes'>): boolean =>
  ask === 'access' && notes.get(choiceNote) === undefined

/** @param target the form target for each of the two answers */
export const accessRefusal = (
  interaction: Interaction,
  user: string,
  target: (answer: 'refuse' | 'another') => FormTarget,
): Page =>
  accessRefusedPage({
    user,
    clientName: interaction.client?.name ?? '',
    back: target('refuse'),
    other: target('another'),
  })

/** Notes that the user signs in with another account. */
export const chooseAnother = (
  { interactions }: Pick<SignInDependencies, 'interactions'>,
  interaction: Interaction,
): Promise<void> => interactions.note(interaction, choiceNote, 'another')

/** @param target the form target for each of the two answers */
export const accountChooser = (
  interaction: Interaction,
  user: string,
  target: (answer: 'continue' | 'another') => FormTarget,
): Page =>
  chooseAccountPage({
    user,
    clientName: interaction.client?.name ?? '',
    same: target('continue'),
    other: target('another'),
  })

/** Handles an answer to the chooser. For `continue` the response has been written. */
export async function submitChoice(
  ctx: Context,
  deps: Pick<SignInDependencies, 'interactions'>,
  interaction: Interaction,
  answer: 'continue' | 'another',
): Promise<'answered' | 'sign-in'> {
  if (answer === 'continue') {
    await deps.interactions.keepAccount(ctx)
    return 'answered'
  }
  await chooseAnother(deps, interaction)
  return 'sign-in'
}
