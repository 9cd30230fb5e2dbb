using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>
/// Key-encryption keys in a file of their own, a version a line (<c>kek-1 </c> and 32 bytes in base64), the last line current. Readable by
/// its owner alone, or it is not used. Setting <c>Secrets:KeyFile</c>: its path; without it no secrets are kept. Whoever loses the file
/// loses every secret; whoever has it and the database has them all: back it up apart from the database.
/// </summary>
public sealed class KeyFile(string? path) : IKeyProvider
{
    private readonly Lock _gate = new();
    private (DateTime ReadAt, IReadOnlyList<Key> Keys)? _read;

    /// <summary>By the setting <c>Secrets:KeyFile</c>.</summary>
    public static KeyFile From(IConfiguration? configuration) =>
        new(configuration?["Secrets:KeyFile"] is { Length: > 0 } path ? path : null);

    /// <summary>Adds a version, which is the current one from now on; makes the file when there is none.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static string AddVersion(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        var name = $"kek-{Parse(before).Count + 1}";
        var line = $"{name} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(Envelope.KeySize))}\n";
        PrivateFile.Write(path, Encoding.ASCII.GetBytes(before + line));
        return name;
    }

    public bool IsReady => path is not null && File.Exists(path);

    public string Current => Keys()[^1].Name;

    public ValueTask<WrappedKey> WrapAsync(
        ReadOnlyMemory<byte> dataKey,
        ReadOnlyMemory<byte> context,
        CancellationToken cancellationToken
    )
    {
        var current = Keys()[^1];
        return new(new WrappedKey(current.Name, Envelope.Seal(current.Bytes, context.Span, dataKey.Span)));
    }

    public ValueTask<byte[]> UnwrapAsync(
        WrappedKey key,
        ReadOnlyMemory<byte> context,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(key);
        var held =
            Keys().FirstOrDefault(one => one.Name == key.Kek)
            ?? throw new KeyUnavailableException($"The key file does not hold {key.Kek}.");
        return new(
            Envelope.Open(held.Bytes, context.Span, key.Bytes)
                ?? throw new KeyUnavailableException(
                    $"A data key does not open with {key.Kek}: another key file, or it was changed."
                )
        );
    }

    /// <summary>Read again when the file is another one: a version is added while processes run.</summary>
    private IReadOnlyList<Key> Keys()
    {
        if (path is null)
        {
            throw new KeyUnavailableException("Secrets:KeyFile is not set; for example /etc/alivemcp/keys.");
        }

        lock (_gate)
        {
            try
            {
                var writtenAt = File.GetLastWriteTimeUtc(path);
                if (_read is not { } read || read.ReadAt != writtenAt)
                {
                    _read = read = (writtenAt, Read(path));
                }

                return read.Keys;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                throw new KeyUnavailableException($"The key file {path} cannot be used: {fault.Message}", fault);
            }
        }
    }

    private static List<Key> Read(string path)
    {
        if (!PrivateFile.IsPrivate(path))
        {
            throw new FormatException("others may read it; it must be its owner's alone (chmod 600).");
        }

        var keys = Parse(File.ReadAllText(path));
        return keys.Count > 0 ? keys : throw new FormatException("it holds no key.");
    }

    private static List<Key> Parse(string text) =>
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line.Split(' '))
                .Select(words =>
                    words is [var name, var bytes]
                    && Convert.FromBase64String(bytes) is { Length: Envelope.KeySize } key
                        ? new Key(name, key)
                        : throw new FormatException("a line is no name and 32 bytes in base64.")
                ),
        ];

    private sealed record Key(string Name, byte[] Bytes)
    {
        /// <summary>Never the key.</summary>
        public override string ToString() => Name;
    }
}
