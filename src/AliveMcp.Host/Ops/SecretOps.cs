using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>Renews keys for an operator: <c>secrets rotate [--new-key] [--data-keys]</c>.</summary>
internal sealed class SecretOps(SecretRotation rotation, IConfiguration configuration)
{
    /// <returns>Null when the words make no sense.</returns>
    public static SecretWords? Read(string[] words) =>
        words is ["secrets", "rotate", .. var flags]
        && Array.TrueForAll(flags, flag => flag is "--new-key" or "--data-keys")
        && flags.Distinct(StringComparer.Ordinal).Count() == flags.Length
            ? new SecretWords(flags.Contains("--new-key"), flags.Contains("--data-keys"))
            : null;

    /// <returns>What was done, in numbers; or why nothing can be.</returns>
    public async Task<Result<string[]>> RunAsync(SecretWords asked, CancellationToken cancellationToken)
    {
        try
        {
            var lines = new List<string>();
            if (asked.NewKey && configuration["Secrets:KeyFile"] is { Length: > 0 } path)
            {
                lines.Add(
                    $"{KeyFile.AddVersion(path)} is added to {path} and wraps what is new. Back the file up, apart from the database."
                );
            }

            var life = asked.DataKeys ? TimeSpan.Zero : SecretRotation.DataKeyLife;
            var done = await rotation.RunAsync(life, Actor.AtTerminal, cancellationToken);
            lines.Add(
                $"{done.Wrapped} data keys wrapped anew, {done.Made} made, {done.Resealed} secrets sealed anew, {done.Dropped} data keys dropped."
            );
            return done.Lost == 0
                ? lines.ToArray()
                : new Problem(
                    "secrets_lost",
                    $"{done.Lost} secrets do not open: set these credentials again.",
                    "secrets"
                );
        }
        catch (Exception fault) when (fault is KeyUnavailableException or IOException or UnauthorizedAccessException)
        {
            return new Problem("keys_unavailable", fault.Message, "Secrets:KeyFile");
        }
    }
}

/// <summary>What <c>ops secrets rotate</c> was asked.</summary>
/// <param name="NewKey">Add a version to the key file first.</param>
/// <param name="DataKeys">Give every tenant a new data key, however young its own is.</param>
internal sealed record SecretWords(bool NewKey, bool DataKeys);
