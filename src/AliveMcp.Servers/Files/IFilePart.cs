using System.Text.Json.Nodes;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>
/// A list at the top of the file besides <c>servers</c>, kept by the room that owns what it is about. One lives as long as one application
/// of one file: read, then taken, then saved when it is not a dry run.
/// </summary>
public interface IFilePart
{
    /// <summary>Its key at the top, for example <c>rules</c>.</summary>
    string Key { get; }

    /// <summary>What somebody must be allowed who changes it by a file.</summary>
    string Permission { get; }

    /// <summary>Refuses what is wrong with the entries in themselves.</summary>
    void Read(IReadOnlyList<FileItem> items, List<Problem> problems);

    /// <summary>Holds the entries against what there is, and refuses what cannot be. Saves nothing.</summary>
    /// <param name="within">Whose transaction it is, in the name of the tenant; the catalogue is locked.</param>
    /// <param name="options">How the file is applied.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PartChange> TakeAsync(
        RoomDb within,
        ApplyOptions options,
        List<Problem> problems,
        CancellationToken cancellationToken
    );

    /// <summary>Does what was taken, in the same transaction.</summary>
    /// <returns>What is left for people to do, a sentence each.</returns>
    Task<IReadOnlyList<string>> SaveAsync(CancellationToken cancellationToken);

    /// <summary>What there is, as the file has it; no secret, but where one is to be found.</summary>
    Task<JsonArray> WriteAsync(CancellationToken cancellationToken);
}
