/// What people call actors, folded, and who that is.
let nicknames = [
    "arnie": "Arnold Schwarzenegger", "dicaprio": "Leonardo DiCaprio", "j law": "Jennifer Lawrence",
    "j lo": "Jennifer Lopez", "jlaw": "Jennifer Lawrence", "jlo": "Jennifer Lopez",
    "rdj": "Robert Downey Jr.", "schwarzenegger": "Arnold Schwarzenegger", "srk": "Shah Rukh Khan",
    "stallone": "Sylvester Stallone", "the rock": "Dwayne Johnson",
]
