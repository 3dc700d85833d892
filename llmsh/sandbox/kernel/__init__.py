"""What the kernel offers to shut a process in: seccomp filters, Landlock rules, namespaces, privileges."""
