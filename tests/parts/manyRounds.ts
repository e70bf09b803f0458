/** Imported first: whatever tries a property on arbitrary input tries it on so many times as much. */
process.env.ROUNDS ??= '10';
