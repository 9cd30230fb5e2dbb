namespace AliveMcp.Host.Ops.Backup;

/// <summary>What <c>ops backup FILE</c> or <c>ops restore-check FILE</c> was asked.</summary>
/// <param name="IsCheck"><c>restore-check</c>.</param>
/// <param name="File">The dump, absolute.</param>
internal sealed record BackupWords(bool IsCheck, string File)
{
    /// <returns>Null when the words make no sense.</returns>
    public static BackupWords? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["backup", { Length: > 0 } file] when file[0] != '-' => new BackupWords(false, Path.GetFullPath(file)),
            ["restore-check", { Length: > 0 } file] when file[0] != '-' => new BackupWords(
                true,
                Path.GetFullPath(file)
            ),
            _ => null,
        };
}
