using System.Security.Cryptography;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>A dump on disk.</summary>
internal static class BackupFile
{
    /// <summary>SHA-256 of a file, 64 hex digits, read in pieces.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            1 << 20,
            FileOptions.SequentialScan | FileOptions.Asynchronous
        );
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Whether the dump is the one of which its manifest speaks.</summary>
    /// <exception cref="BackupException">It is missing, cut short, or another one.</exception>
    public static async Task RequireAsync(string path, BackupManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length != manifest.Bytes)
            {
                throw new BackupException(
                    $"{path} has {length} of {manifest.Bytes} bytes: it was cut short or replaced."
                );
            }

            if (await HashAsync(path, cancellationToken) != manifest.Sha256)
            {
                throw new BackupException($"{path} is not the dump that was written: its SHA-256 differs.");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The dump cannot be read: {fault.Message}", fault);
        }
    }
}
