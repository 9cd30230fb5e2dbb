namespace AliveMcp.Servers.Files;

/// <summary>Where a secret stands that a file needs and does not hold.</summary>
/// <param name="IsFile">True: a file, by its path; false: an environment variable, by its name. Both are those of whoever applies.</param>
/// <param name="Name">The path or the name.</param>
public sealed record SecretReference(bool IsFile, string Name)
{
    /// <summary>As it travels: <c>env:OPS_URL</c>, <c>file:ops-url.txt</c>.</summary>
    public override string ToString() => (IsFile ? "file:" : "env:") + Name;
}

/// <summary>A secret that a file refers to.</summary>
/// <param name="Reference">For example <c>env:OPS_URL</c>.</param>
/// <param name="Where">Entry, line and field, for people.</param>
/// <param name="Needed">False: the entry is there already, and stays as it is without it.</param>
public sealed record WantedSecret(string Reference, string Where, bool Needed);
