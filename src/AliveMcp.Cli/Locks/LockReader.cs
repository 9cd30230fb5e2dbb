using System.Globalization;
using System.Text.Json;
using AliveMcp.Cli.Looking;
using AliveMcp.Contracts;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Locks;

/// <summary>Reads a lock and proves that it is whole: the contract in it must give the hashes in it.</summary>
internal static class LockReader
{
    // The contract lies one deeper than it did on the wire.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = CanonicalJson.MaxDepth + 2 };

    /// <exception cref="CallFailedException">The file cannot be read, is no lock, or was changed by hand.</exception>
    public static ContractLock Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (Flags.IsOfFile(e))
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"'{Flags.Shown(file)}' cannot be read ({SafeText.Of(e.Message, 120)}).",
                "Make one with 'alivemcp snapshot <url> -o tools.lock.json'."
            );
        }

        try
        {
            using var json = JsonDocument.Parse(bytes, Options);
            return Of(json.RootElement, file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Refused(file, $"it is not JSON of a lock ({SafeText.Of(e.Message, 120)})");
        }
    }

    private static ContractLock Of(JsonElement json, string file)
    {
        if (
            json.ValueKind != JsonValueKind.Object
            || Member(json, "lock") is not { ValueKind: JsonValueKind.Number } version
        )
        {
            throw Refused(file, "it has no \"lock\": 1");
        }

        if (version.GetInt32() != ContractLock.Version)
        {
            throw Refused(file, $"it is of version {version.GetInt32()}, this alivemcp reads {ContractLock.Version}");
        }

        if (
            Member(json, "contract") is not { ValueKind: JsonValueKind.Object } contract
            || Member(contract, "tools") is not { ValueKind: JsonValueKind.Array } tools
        )
        {
            throw Refused(file, "it holds no contract with tools");
        }

        var found = ContractHasher.Hash([.. tools.EnumerateArray()]);
        if (
            found.FullHash != Text(json, "full_hash")
            || found.ContractHash != Text(json, "contract_hash")
            || contract.GetPropertyCount() != 1
        )
        {
            throw Refused(
                file,
                $"the contract in it gives {found.FullHash}, it says {SafeText.Of(Text(json, "full_hash") ?? "nothing", 80)}: it was changed by hand or merged badly"
            );
        }

        return new ContractLock
        {
            Url = Text(json, "url") ?? "",
            ProtocolVersion = Text(json, "protocol_version"),
            TakenAt = DateTimeOffset.TryParse(
                Text(json, "taken_at"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var taken
            )
                ? taken
                : null,
            Contract = found,
        };
    }

    private static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static CallFailedException Refused(string file, string why) =>
        new(
            ExitCodes.Refused,
            $"'{Flags.Shown(file)}' is no good lock: {why}.",
            "Take it anew with 'alivemcp snapshot <url> -o <file>'."
        );
}
