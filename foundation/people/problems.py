"""Everything that can be wrong with people, in sentences."""

from foundation.people.sentences import accounts, factors, organisations, tokens, workers

SENTENCES = accounts.SENTENCES | organisations.SENTENCES | factors.SENTENCES | workers.SENTENCES | tokens.SENTENCES
