@echo off
rem Runs Isophene from this checkout without Fiji: isophene <command> key=value ...
rem The variable ISOPHENE_PLUGINS adds jars and folders of classes, separated by semicolons.
rem Compiles where nothing is compiled yet; after a change of the sources delete the folder target.
setlocal
set "home=%~dp0"
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if not "%java%"=="java" goto compile
where java >nul 2>nul
if errorlevel 1 (
	echo isophene: needs Java 17 or newer, in PATH or in JAVA_HOME 1>&2
	exit /b 1
)
:compile
if exist "%home%target\lib" if exist "%home%target\classes\META-INF\json" goto start
where mvn >nul 2>nul
if errorlevel 1 (
	echo isophene: has to be compiled, which needs Maven 3.8 or newer 1>&2
	exit /b 1
)
echo isophene: compiling; the first time, dependencies are fetched from Maven Central ... 1>&2
call mvn -q -B -f "%home%pom.xml" compile dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=%home%target\lib.new" 1>&2
if errorlevel 1 (
	echo isophene: compiling failed; the reason is above 1>&2
	exit /b 1
)
rem Into an existing folder it would be moved as one more folder.
if exist "%home%target\lib" rmdir /s /q "%home%target\lib"
move "%home%target\lib.new" "%home%target\lib" >nul
if errorlevel 1 (
	echo isophene: cannot rename target\lib.new to target\lib: is a program using it? 1>&2
	exit /b 1
)
:start
rem The folder of jars as a wildcard, because the whole class path is longer than a command line may be.
rem All arguments as they were typed: the numbered ones would be divided at equals signs and commas.
"%java%" %ISOPHENE_JAVA_OPTS% -cp "%home%target\classes;%home%target\lib\*;%ISOPHENE_PLUGINS%" io.github.isophene.cli.CommandLine %*
exit /b %errorlevel%
