package collection

import "golang.org/x/sys/unix"

// networkKind is empty for a folder on a disk of this computer. What other
// systems mount into a virtual machine is a network file system as well.
func networkKind(dir string) string {
	var st unix.Statfs_t
	for {
		err := unix.Statfs(dir, &st)
		if err == nil {
			return kindOfMagic(uint32(st.Type))
		}
		if err != unix.EINTR {
			return unknownKind
		}
	}
}

// kindOfMagic names the file systems that are not alone on their disk. The
// numbers without a name in package unix are those of modules outside of the
// kernel, as statfs(2) and the program stat have them.
func kindOfMagic(magic uint32) string {
	switch magic {
	case unix.NFS_SUPER_MAGIC:
		return "nfs"
	case unix.SMB_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC:
		return "smb"
	case unix.FUSE_SUPER_MAGIC:
		return "fuse"
	case unix.V9FS_MAGIC:
		return "9p"
	case unix.CEPH_SUPER_MAGIC:
		return "ceph"
	case unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC:
		return "afs"
	case unix.CODA_SUPER_MAGIC:
		return "coda"
	case unix.NCP_SUPER_MAGIC:
		return "ncp"
	case unix.OCFS2_SUPER_MAGIC:
		return "ocfs2"
	case unix.HOSTFS_SUPER_MAGIC:
		return "hostfs"
	case 0x01161970:
		return "gfs2"
	case 0x0bd00bd0:
		return "lustre"
	case 0x47504653:
		return "gpfs"
	case 0x19830326:
		return "beegfs"
	case 0x20030528:
		return "orangefs"
	case 0xaad7aaea:
		return "panfs"
	case 0x786f4256:
		return "vboxsf"
	case 0xbacbacbc:
		return "vmhgfs"
	case 0x7c7c6013:
		return "prl_fs"
	case 0x53464846:
		return "wslfs"
	}
	return ""
}
