package collection

import "testing"

func TestFileSystemsOfTheNetworkAreKnown(t *testing.T) {
	for magic, want := range map[uint32]string{
		0x6969: "nfs", 0xff534d42: "smb", 0xfe534d42: "smb", 0x65735546: "fuse", 0x01021997: "9p", 0x00c36400: "ceph", 0x5346414f: "afs",
		0xef53: "", 0x9123683e: "", 0x01021994: "", 0x794c7630: "", 0x58465342: "", 0x2fc12fc1: "",
	} {
		if got := kindOfMagic(magic); got != want {
			t.Errorf("%#x is %q, want %q", magic, got, want)
		}
	}
	if kind, ok := OnNetwork("/proc"); ok {
		t.Errorf("/proc is on %s", kind)
	}
}
