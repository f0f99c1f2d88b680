// The provider's own questions (a device's code, signing out on an application's wish, its errors) as our pages.
import { leavingPage } from '../../views/federation-pages.ts'
import type { Page } from '../../views/layout.ts'
import {
  deviceCodePage,
  deviceConfirmPage,
  deviceDonePage,
  logoutPage,
  signedOutPage,
} from '../../views/notice-pages.ts'
import type { OidcViews } from '../oidc/pages.ts'
import { pageOfProviderError } from './problems.ts'

type Fault = NonNullable<Parameters<OidcViews['deviceCode']>[0]['fault']>

// RFC 8628 §5.2: unknown, expired and used codes are one sentence.
const faults = {
  no_code: 'Type the code your device shows.',
  unknown_code: 'That code is wrong, has expired or was used. Ask your device for a new one.',
  aborted: 'You said no. Your device is not signed in.',
  failed: 'That did not work. Try again.',
} as const satisfies Record<Fault, string>

/** @param text draws a page whole (show.ts: textOf) */
export const providerPages = (text: (page: Page) => string): OidcViews => ({
  deviceCode: ({ action, xsrf, userCode, fault }) =>
    text(deviceCodePage({ action, xsrf, code: userCode, problem: fault && faults[fault] })),
  deviceConfirm: ({ action, xsrf, userCode, clientName, device }) =>
    text(deviceConfirmPage({ action, xsrf, userCode, application: clientName, from: device.ip })),
  deviceDone: ({ clientName }) => text(deviceDonePage({ application: clientName || undefined })),
  signOut: ({ action, xsrf, clientName }) => text(logoutPage({ action, xsrf, application: clientName })),
  leaving: (there) => text(leavingPage(there)),
  signedOut: ({ clientName }) => text(signedOutPage({ application: clientName })),
  error: (error) => text(pageOfProviderError(error)),
})
