# What `cmake --install` puts where, and the Debian package: `cpack` in the build folder.
include(GNUInstallDirs)
# Packing takes what has been built: the tests need not be.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(app_id org.gatehouse.Gatehouse)

install(TARGETS gatehouse RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_CURRENT_LIST_DIR}/${app_id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/${app_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${PROJECT_SOURCE_DIR}/resources/gatehouse.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps RENAME ${app_id}.svg)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/gatehouse.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gatehouse)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGE_CONTACT "The Gatehouse authors <gatehouse@localhost>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
# Which libraries, and from which version on, is read from the binary.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, qt6-translations-l10n, ca-certificates")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)

if(GATEHOUSE_TESTS)
    # Skipped, visibly, where the tool is not installed.
    function(gatehouse_packaging_test name)
        add_test(NAME packaging.${name} COMMAND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/if-installed.sh ${ARGN})
        set_tests_properties(packaging.${name} PROPERTIES SKIP_RETURN_CODE 77)
    endfunction()
    gatehouse_packaging_test(desktop-file desktop-file-validate ${CMAKE_CURRENT_LIST_DIR}/${app_id}.desktop)
    gatehouse_packaging_test(metainfo appstreamcli validate --no-net ${CMAKE_CURRENT_LIST_DIR}/${app_id}.metainfo.xml)
    # Packs the binary of this very build, and looks inside.
    add_test(NAME packaging.deb COMMAND ${CMAKE_CURRENT_LIST_DIR}/test-deb.sh ${CMAKE_BINARY_DIR})
    set_tests_properties(packaging.deb PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 240)
endif()
