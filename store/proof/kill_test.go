package proof_test

const childEnv = "CARREL_PROOF_CHILD"

func child(string) {}
