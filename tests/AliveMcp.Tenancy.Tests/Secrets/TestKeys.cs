using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.Tests.Tenants;

namespace AliveMcp.Tenancy.Tests.Secrets;

/// <summary>A key file that goes with the test.</summary>
internal sealed class TestKeys : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-keys-");

    /// <summary>One for all tests of the process: what one of them sealed another may rotate.</summary>
    public static TestKeys Shared { get; } = Ending(new TestKeys());

    public TestKeys() => KeyFile.AddVersion(Path);

    public string Path => System.IO.Path.Combine(_folder.FullName, "keys");

    public KeyFile Provider => new(Path);

    public SecretVault Vault(Install install)
    {
        var provider = Provider;
        return new SecretVault(install.Storage.Doors, provider, new DataKeys(provider, install.Clock));
    }

    public ThingVault Things(Install install)
    {
        var provider = Provider;
        return new ThingVault(install.Storage.Doors, provider, new DataKeys(provider, install.Clock));
    }

    public SecretRotation Rotation(Install install)
    {
        var provider = Provider;
        return new SecretRotation(install.Storage.Doors, provider, new DataKeys(provider, install.Clock));
    }

    private static TestKeys Ending(TestKeys keys)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => keys.Dispose();
        return keys;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
