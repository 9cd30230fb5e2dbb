namespace AliveMcp.Tenancy.Secrets;

/// <summary>Keeps the key-encryption keys, outside the database: a file of the install, or a key service of a cloud. It holds several versions; the current one wraps what is new.</summary>
public interface IKeyProvider
{
    /// <summary>Whether there are keys at all. Without them no secret can be put in or opened.</summary>
    bool IsReady { get; }

    /// <summary>The version that wraps what is new, for example <c>kek-2</c>.</summary>
    /// <exception cref="KeyUnavailableException">There is none.</exception>
    string Current { get; }

    /// <summary>Wraps a data key under the current version.</summary>
    /// <param name="dataKey">32 bytes.</param>
    /// <param name="context">What the wrapped key is bound to: it opens with the same words only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<WrappedKey> WrapAsync(
        ReadOnlyMemory<byte> dataKey,
        ReadOnlyMemory<byte> context,
        CancellationToken cancellationToken
    );

    /// <summary>Opens a wrapped data key.</summary>
    /// <param name="key">As it was wrapped.</param>
    /// <param name="context">The same as then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyUnavailableException">Its version is not held, or it was not wrapped by it for this context.</exception>
    ValueTask<byte[]> UnwrapAsync(WrappedKey key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken);
}

/// <summary>A data key as it is stored.</summary>
/// <param name="Kek">Which version wrapped it.</param>
/// <param name="Bytes">Opaque.</param>
public sealed record WrappedKey(string Kek, byte[] Bytes);
