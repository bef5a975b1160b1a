/** What the tests' server takes for its owner's token. */
export const ownerToken = "a-token-for-the-browser-tests";
