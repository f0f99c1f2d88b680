// A configuration file with one client, for tests of what the console does with clients that it cannot change.

/** The text of the file; the client is `of-file`. */
export const configWithClient = (redirectUri: string): string =>
  JSON.stringify({
    clients: [
      {
        client_id: 'of-file',
        client_secret: 'of-file-secret-of-at-least-32-characters',
        redirect_uris: [redirectUri],
      },
    ],
  })
