// Where the search box is found by the key that focuses it.
export const searchId = 'search';
